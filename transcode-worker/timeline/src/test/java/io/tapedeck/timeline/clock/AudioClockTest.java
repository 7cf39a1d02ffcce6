package io.tapedeck.timeline.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.clock.AudioClock.Placement;
import org.junit.jupiter.api.Test;

class AudioClockTest {

    private static final AudioClock AT_1000 = new AudioClock(1000);

    @Test
    void theFirstPacketIsWhereItsTimeSays() {
        Placement placement = AudioClock.START.place(1152, 2880, SoundCoding.NONE);
        assertThat(placement).isEqualTo(new Placement(new AudioClock(4032), 1152, 0, false));
    }

    @Test
    void jitterUpToTheToleranceIsIgnored() {
        assertThat(AT_1000.place(1000 + 1440, 960, SoundCoding.NONE).firstSample()).isEqualTo(1000);
        assertThat(AT_1000.place(1000 - 1440, 960, SoundCoding.NONE).firstSample()).isEqualTo(1000);
    }

    @Test
    void roundedMillisecondsNeverAddUp() {
        AudioClock clock = AudioClock.START;
        // 2.5 ms packets, dated in whole milliseconds.
        for (int i = 0; i < 100_000; i++) {
            Placement placement = clock.place(i * 120 / 48 * 48, 120, SoundCoding.NONE);
            assertThat(placement.firstSample()).isEqualTo(i * 120L);
            clock = placement.clock();
        }
    }

    @Test
    void aHoleIsFilledWithWholePacketsOfSilence() {
        assertThat(AT_1000.place(1000 + 1441, 960, SoundCoding.NONE))
                .isEqualTo(new Placement(new AudioClock(1000 + 960 + 960), 1960, 1, false));
        assertThat(AT_1000.place(1000 + 1920 - 48, 960, SoundCoding.NONE).silences()).isEqualTo(2);
        assertThat(AT_1000.place(1000 + 48_000, 960, SoundCoding.NONE).silences()).isEqualTo(50);
    }

    @Test
    void afterAHoleSoundIsLessThanAPacketBeforeItsTime() {
        for (int hole = 1441; hole < 20_000; hole += 7) {
            Placement placement = AT_1000.place(1000 + hole, 960, SoundCoding.NONE);
            assertThat(1000 + hole - placement.firstSample()).isBetween(-48L, 960L - 48);
        }
    }

    @Test
    void aLatePacketBehindAHoleKeepsSoundWithinAFrame() {
        // 31, 21 and 58 ms are missing, each first packet after that is dated late.
        long[][] holesAndLate = {{31, 8}, {21, 24}, {58, 25}};
        long frame = 48_000 / 30;
        AudioClock clock = new AudioClock(0);
        long at = 0;
        for (long[] hole : holesAndLate) {
            at += hole[0] * 48;
            Placement late = clock.place(at + hole[1] * 48, 2880, SoundCoding.NONE);
            assertThat(late.firstSample() - at).isBetween(-frame, frame);
            at += 2880;
            Placement next = late.clock().place(at, 2880, SoundCoding.NONE);
            assertThat(next.dropped()).isFalse();
            assertThat(next.firstSample() - at).isBetween(-frame, frame);
            at += 2880;
            clock = next.clock();
        }
    }

    @Test
    void anOverlapIsDropped() {
        Placement placement = AT_1000.place(1000 - 1441, 960, SoundCoding.NONE);
        assertThat(placement.dropped()).isTrue();
        assertThat(placement.clock()).isEqualTo(AT_1000);
    }

    @Test
    void anInvalidPacketIsDropped() {
        assertThat(AT_1000.place(1000, 0, SoundCoding.NONE).dropped()).isTrue();
        assertThat(AudioClock.START.place(1000, 0, SoundCoding.NONE).clock())
                .isEqualTo(AudioClock.START);
    }

    @Test
    void aHoleOfADayCostsNothing() {
        long day = 24L * 3600 * 48_000;
        assertThat(AT_1000.place(1000 + day, 960, SoundCoding.NONE).silences())
                .isEqualTo(day / 960);
    }
}
