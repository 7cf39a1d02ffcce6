package io.tapedeck.transcode.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.ffmpeg.convert.Fragmenter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConversionProgressTest {

    private final AtomicLong nanos = new AtomicLong();
    private final ConversionProgress progress = new ConversionProgress(nanos::get);

    @Test
    void risesFromTheFirstByteToTheLast() {
        assertThat(progress.now().progress()).isZero();
        progress.collected(1);
        double collected = progress.now().progress();
        progress.converted(0.5);
        double half = progress.now().progress();
        progress.converted(1);
        assertThat(progress.now().progress()).isGreaterThan(half).isLessThan(1);
        assertThat(half).isGreaterThan(collected);
        assertThat(collected).isPositive();
    }

    @Test
    void neverFalls() {
        progress.converted(0.5);
        double half = progress.now().progress();
        progress.converted(0.4);
        assertThat(progress.now().progress()).isEqualTo(half);
    }

    @Test
    void thePaceOfConvertingSaysHowLongItTakes() {
        progress.collected(1);
        progress.converted(0.09);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(progress.now().remaining()).isEmpty();

        progress.converted(Fragmenter.SURVEYED);
        nanos.addAndGet(Duration.ofSeconds(100).toNanos());
        progress.converted(Fragmenter.SURVEYED + (1 - Fragmenter.SURVEYED) / 4);

        assertThat(progress.now().remaining().orElseThrow().toSeconds())
                .isCloseTo(300, within(15L));
    }

    @Test
    void nobodyKnowsWhenItHasReadAllAndGoesOn() {
        progress.converted(Fragmenter.SURVEYED);
        nanos.addAndGet(Duration.ofSeconds(100).toNanos());
        progress.converted(1);
        assertThat(progress.now().remaining()).isEmpty();
    }
}
