package io.tapedeck.timeline.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.Ticks;
import org.junit.jupiter.api.Test;

class RunClockTest {

    private static final long HOUR = 3600 * Ticks.PER_SECOND;

    @Test
    void picturesStrictlyRise() {
        PictureClock clock = PictureClock.START.at(0).at(0).at(-5);
        assertThat(clock.lastTicks()).isEqualTo(2);
        assertThat(clock.at(90).lastTicks()).isEqualTo(90);
    }

    @Test
    void timeCountsFromTheContainersZero() throws Exception {
        RunClock clock = RunClock.start(false, 0).seen(2160, 0);
        assertThat(clock.inRun(2160)).isEqualTo(2160);
    }

    @Test
    void aStreamThatBeginsLateCountsFromItsFirstFrame() throws Exception {
        RunClock clock = RunClock.start(false, 0).seen(400_000 * HOUR, 0);
        assertThat(clock.inRun(400_000 * HOUR + 5)).isEqualTo(5);
    }

    @Test
    void behindAHoleTheFirstFrameIsTheBeginning() throws Exception {
        RunClock clock = RunClock.start(true, 0).seen(2160, 0);
        assertThat(clock.inRun(2160)).isZero();
    }

    @Test
    void leapsAreFollowedUpToFourHoursInAll() throws Exception {
        RunClock clock = RunClock.start(false, HOUR).seen(0, 0).seen(2 * HOUR, 1);
        assertThat(clock.newestTicks()).isEqualTo(2 * HOUR);
        assertThat(clock.leaptTicks()).isEqualTo(3 * HOUR);
        assertThat(clock.leapsTooFar(3 * HOUR)).isFalse();
        assertThat(clock.leapsTooFar(3 * HOUR + 1)).isTrue();
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> clock.seen(4 * HOUR, 77))
                .satisfies(e -> assertThat(e.offsetBytes()).isEqualTo(77))
                .withMessageContaining("clock jumps at byte 77, by 120 minutes");
    }

    @Test
    void slowPicturesAreNoLeaps() throws Exception {
        RunClock clock = RunClock.start(false, RunClock.MAX_LEAPT_TICKS).seen(0, 0);
        for (long at = 0; at < HOUR; at += 10 * Ticks.PER_SECOND) {
            clock = clock.seen(at, 0);
        }
        assertThat(clock.leaptTicks()).isEqualTo(RunClock.MAX_LEAPT_TICKS);
    }

    @Test
    void aDayBackIsDamage() {
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> RunClock.start(false, 0).seen(0, 0).seen(-24 * HOUR, 1));
    }
}
