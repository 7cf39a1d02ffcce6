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
        PictureClock clock = at(PictureClock.START, 0, 0, -5);
        assertThat(clock.lastTicks()).isEqualTo(2);
        assertThat(at(clock, 90).lastTicks()).isEqualTo(90);
    }

    @Test
    void picturesOutOfOrderKeepTheirTimes() {
        PictureClock clock = at(PictureClock.start(2), 0, 90);
        assertThat(clock.settledTicks()).isEqualTo(PictureClock.NONE);
        assertThat(clock.place(30)).isEqualTo(30);
        clock = at(clock, 30);
        assertThat(clock.settledTicks()).isZero();
        assertThat(clock.place(30)).isEqualTo(31);
        assertThat(at(clock, 60).newest()).containsExactly(30L, 60L, 90L);
        assertThat(at(clock, 60).lastDistanceTicks()).isEqualTo(30);
    }

    /// Whatever comes too late to be shown in its place goes behind all others.
    @Test
    void noPictureIsPlacedWhereNoneCanComeAnyMore() {
        PictureClock clock = at(PictureClock.start(2), 0, 90, 30, 60);
        assertThat(clock.place(30)).isEqualTo(91);
        assertThat(clock.place(-7)).isEqualTo(91);
    }

    private static PictureClock at(PictureClock clock, long... ticks) {
        PictureClock now = clock;
        for (long one : ticks) {
            now = now.with(now.place(one));
        }
        return now;
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
