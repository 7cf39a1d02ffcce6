package io.tapedeck.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.ingest.camera.FeedException;
import io.tapedeck.ingest.matroska.Jpegs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPaceTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = Long.MAX_VALUE - 30 * SECOND;

    @Test
    void tenRunsAMinuteGoOnForEver() throws Exception {
        var pace = new RunPace();
        for (int i = 0; i < 1000; i++) {
            pace.begin(START + i * 6 * SECOND);
        }
    }

    @Test
    void moreEndThePull() throws Exception {
        var pace = new RunPace();
        for (int i = 0; i < RunPace.MOST; i++) {
            pace.begin(START + i * SECOND);
        }
        assertThatExceptionOfType(FeedException.class)
                .isThrownBy(() -> pace.begin(START + 59 * SECOND))
                .matches(e -> e.code().equals("camera-not-understood"));
        pace.begin(START + 60 * SECOND);
    }

    @Test
    void picturesOfSizesThatTakeTurnsEndThePull() {
        var taken = new Taken();
        var run = new MjpegRun(taken);
        var sizes = List.of(Jpegs.of(64, 48, 1), Jpegs.of(48, 64, 2));
        assertThatExceptionOfType(FeedException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        run.take(sizes.get(i % 2), START + i * SECOND);
                    }
                })
                .withMessageContaining("changed its size");
        assertThat(taken.runs()).hasSize(RunPace.MOST);
    }
}
