package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Ticks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What ISO/IEC 13818-1 asks of a transport stream, read here without our demuxer, save where it is
/// the demuxer that is asked.
class MuxerTest {

    private static final int PACKET_BYTES = 188;
    private static final long S = Ticks.PER_SECOND;

    /// Where timestamps of 33 bits start over, a second into the segment.
    private static final SessionClock AT_THE_WRAP =
            new SessionClock((1L << 33) - SessionClock.OFFSET_TICKS - S);

    @Test
    void isReadBackAsItWas() {
        var stream = TransportStream.read(segment(AT_THE_WRAP));

        assertThat(stream.pictures().getFirst().packets())
                .extracting(packet -> AT_THE_WRAP.runTicks(packet.timestamp(), 0))
                .containsExactly(0L, 3000L, S + S / 2);
        assertThat(stream.pictures().getFirst().packets())
                .extracting(packet -> Arrays.hashCode(packet.payload()))
                .isEqualTo(
                        pictures().stream()
                                .map(picture -> Arrays.hashCode(picture.bytes()))
                                .toList());
        assertThat(Adts.frames(stream.sound().orElseThrow().payload())).hasSize(90);
        assertThat(stream.sound().orElseThrow().packets())
                .extracting(packet -> AT_THE_WRAP.runTicks(packet.timestamp(), 0))
                .isEqualTo(LongStream.range(0, 23).map(i -> i * 7680).boxed().toList());
    }

    @Test
    void picturesOutOfOrderAreDatedTwice() {
        var picture = new AccessUnit(9000, 3000, true, picture(5));

        byte[] bytes = Muxer.segment(AT_THE_WRAP, List.of(picture), new TreeMap<>());

        var packet = TransportStream.read(bytes).pictures().getFirst().packets().getFirst();
        assertThat(AT_THE_WRAP.runTicks(packet.timestamp(), 0)).isEqualTo(9000);
        assertThat(packet.payload()).isEqualTo(picture.bytes());
        String hex = HexFormat.of().formatHex(bytes);
        // Both flags, ten bytes, and the second time: 6000 ticks before the first one.
        long shown = AT_THE_WRAP.ticks(9000);
        String times = "84c00a" + timestamp(3, shown) + timestamp(1, shown - 6000);
        assertThat(hex).contains(times);
    }

    /// As the standard draws it: 4 bits, 3 of the time, a one, 15, a one, 15, a one.
    private static String timestamp(int prefix, long ticks) {
        long time = ticks & (1L << 33) - 1;
        long bits = (long) prefix << 36 | time >> 30 << 33 | 1L << 32;
        bits |= (time >> 15 & 0x7FFF) << 17 | 1 << 16 | (time & 0x7FFF) << 1 | 1;
        return "%010x".formatted(bits);
    }

    @Test
    void countersRiseWithEachPayloadAndStartOverOpenly() {
        byte[] bytes = segment(new SessionClock(0));
        Map<Integer, Integer> last = new HashMap<>();
        for (int at = 0; at < bytes.length; at += PACKET_BYTES) {
            assertThat(bytes[at]).isEqualTo((byte) 0x47);
            int pid = (bytes[at + 1] & 0x1F) << 8 | bytes[at + 2] & 0xFF;
            int carries = bytes[at + 3] >> 4 & 1;
            int counter = bytes[at + 3] & 15;
            Integer before = last.put(pid, counter);
            if (before == null) {
                assertThat(bytes[at + 3] & 0x20).as("adaptation field").isNotZero();
                assertThat(bytes[at + 5] & 0x80).as("discontinuity_indicator").isNotZero();
            } else {
                assertThat(counter).isEqualTo(before + carries & 15);
            }
        }
        assertThat(last).containsOnlyKeys(0, ProgramTables.MAP_PID, 0x100, 0x101);
    }

    @Test
    void clockReferencesAreAtMostATenthOfASecondApart() {
        var clocks = clocks(segment(new SessionClock(0)));

        assertThat(clocks.getFirst()).isLessThan(SessionClock.OFFSET_TICKS);
        for (int i = 1; i < clocks.size(); i++) {
            assertThat(clocks.get(i) - clocks.get(i - 1)).isBetween(1L, S / 10);
        }
    }

    @Test
    void soundAloneCarriesTheClock() {
        byte[] bytes = Muxer.segment(new SessionClock(0), List.of(), sounds());

        assertThat(clocks(bytes)).hasSize(23);
        assertThat(TransportStream.read(bytes).streams()).hasSize(1);
    }

    @Test
    void tablesEndWithTheirChecksum() {
        // The usual association of program 1 with PID 0x1000, as any other muxer writes it.
        assertThat(ProgramTables.association())
                .endsWith(0x2A, 0xB1, 0x04, 0xB2)
                .startsWith(0x00, 0xB0, 0x0D, 0x00, 0x01, 0xC1);
    }

    private static byte[] segment(SessionClock clock) {
        return Muxer.segment(clock, pictures(), sounds());
    }

    private static List<AccessUnit> pictures() {
        return List.of(
                new AccessUnit(0, 0, true, picture(100_000)),
                new AccessUnit(3000, 3000, false, picture(1)),
                new AccessUnit(S + S / 2, S + S / 2, false, picture(170)));
    }

    private static byte[] picture(int size) {
        var bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + size);
        }
        return bytes;
    }

    private static TreeMap<Long, byte[]> sounds() {
        var sounds = new TreeMap<Long, byte[]>();
        for (long i = 0; i < 90; i++) {
            // A header of 7 bytes that says 9, and two more.
            sounds.put(
                    i * Ticks.PER_AAC_FRAME,
                    new byte[] {-1, (byte) 0xF1, 0x4C, (byte) 0x80, 0x01, 0x3F, -4, 0x21, 0x10});
        }
        return sounds;
    }

    private static List<Long> clocks(byte[] bytes) {
        var clocks = new ArrayList<Long>();
        var pids = new HashSet<Integer>();
        for (int at = 0; at < bytes.length; at += PACKET_BYTES) {
            boolean has = (bytes[at + 3] & 0x20) != 0 && bytes[at + 4] != 0;
            if (has && (bytes[at + 5] & 0x10) != 0) {
                long base = 0;
                for (int i = 6; i < 10; i++) {
                    base = base << 8 | bytes[at + i] & 0xFF;
                }
                clocks.add(base << 1 | bytes[at + 10] >> 7 & 1);
                pids.add((bytes[at + 1] & 0x1F) << 8 | bytes[at + 2] & 0xFF);
            }
        }
        assertThat(pids).hasSize(1);
        return clocks;
    }
}
