package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    private static final long S = Ticks.PER_SECOND;

    @Test
    void followsTheLengthOfTheWindow() {
        assertThat(limit(4 * S, 6 * S, List.of())).isEqualTo(Duration.ofSeconds(15));
        assertThat(limit(4 * S, 4 * S + S / 2, List.of())).isEqualTo(Duration.ofMillis(7500));
    }

    @Test
    void countsWhatIsDecodedBeforeTheWindow() {
        var keyframe = new Frame.Picture(0, true, new byte[] {1});

        assertThat(limit(4 * S, 6 * S, List.of(keyframe))).isEqualTo(Duration.ofSeconds(35));
    }

    @Test
    void isTheOperatorsToChange() {
        var patient = new TimeLimit(Duration.ofSeconds(60), Duration.ofSeconds(20));

        assertThat(patient.of(input(0, 2 * S, List.of()), 1)).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void isNeverLongerThanWhatOthersWait() {
        var keyframe = new Frame.Picture(0, true, new byte[] {1});

        assertThat(limit(3600 * S, 3602 * S, List.of(keyframe))).isEqualTo(TimeLimit.LONGEST);
    }

    /// Five windows in five renditions, on a machine that needs all the time that it has.
    @Test
    void isEnoughForEverythingThatOneJobTakes() {
        assertThat(TimeLimit.DEFAULT.of(input(0, 10 * S, List.of()), 5))
                .isLessThan(TimeLimit.LONGEST);
    }

    private static Duration limit(long startTicks, long endTicks, List<Frame.Picture> pictures) {
        return TimeLimit.DEFAULT.of(input(startTicks, endTicks, pictures), 1);
    }

    private static WindowInput input(long startTicks, long endTicks, List<Frame.Picture> pictures) {
        var source = new Window.ByteSpan(0, 0, new byte[0]);
        return new WindowInput(
                new Window(
                        Cut.GRID,
                        0,
                        0,
                        0,
                        startTicks,
                        endTicks,
                        false,
                        OptionalLong.empty(),
                        source),
                Optional.empty(),
                Optional.empty(),
                pictures,
                List.of());
    }
}
