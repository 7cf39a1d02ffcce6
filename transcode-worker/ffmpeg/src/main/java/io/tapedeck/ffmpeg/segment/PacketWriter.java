package io.tapedeck.ffmpeg.segment;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Writes transport packets (ISO/IEC 13818-1 §2.4.3). The first one of each PID says that its
/// counter starts over.
final class PacketWriter {

    static final long NO_CLOCK = -1;

    private static final int PACKET_BYTES = Demuxer.PACKET_BYTES;
    private static final int HEADER_BYTES = 4;
    private static final int DISCONTINUITY = 0x80;
    private static final int RANDOM_ACCESS = 0x40;
    private static final int CLOCK = 0x10;
    private static final int LONGEST_PES = 0xFFFF;
    private static final int TIMESTAMP_BYTES = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 18);
    private final Map<Integer, Integer> counters = new HashMap<>();

    /// What the first packet of a PES packet says.
    ///
    /// @param timestamp of presentation; 33 bits of it are written
    /// @param decodeTimestamp of decoding; written where it is another one
    /// @param clock reference in ticks, or [#NO_CLOCK]
    /// @param randomAccess whether decoding can start here
    record Start(long timestamp, long decodeTimestamp, long clock, boolean randomAccess) {

        /// Of what is decoded when it is shown or heard.
        static Start at(long timestamp, long clock, boolean randomAccess) {
            return new Start(timestamp, timestamp, clock, randomAccess);
        }
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /// A table that fits into one packet.
    void section(int pid, byte[] section) {
        var payload = new byte[PACKET_BYTES - HEADER_BYTES - 2];
        Arrays.fill(payload, (byte) 0xFF);
        payload[0] = 0;
        System.arraycopy(section, 0, payload, 1, section.length);
        packet(pid, true, NO_CLOCK, false, payload, 0);
    }

    /// A packet with nothing but a clock reference.
    void clock(int pid, long ticks) {
        packet(pid, false, ticks, false, new byte[0], 0);
    }

    void pes(int pid, int streamId, Start start, byte[] payload) {
        byte[] pes = pes(streamId, start, payload);
        int at = packet(pid, true, start.clock(), start.randomAccess(), pes, 0);
        while (at < pes.length) {
            at = packet(pid, false, NO_CLOCK, false, pes, at);
        }
    }

    private static byte[] pes(int streamId, Start start, byte[] payload) {
        boolean both = start.decodeTimestamp() != start.timestamp();
        int times = both ? 2 * TIMESTAMP_BYTES : TIMESTAMP_BYTES;
        var pes = new byte[9 + times + payload.length];
        int length = payload.length + 3 + times;
        pes[2] = 1;
        pes[3] = (byte) streamId;
        // Pictures may be longer than that, and need not say it.
        pes[4] = (byte) (length > LONGEST_PES ? 0 : length >> 8);
        pes[5] = (byte) (length > LONGEST_PES ? 0 : length);
        // It begins with a whole frame; the times follow.
        pes[6] = (byte) 0x84;
        pes[7] = (byte) (both ? 0xC0 : 0x80);
        pes[8] = (byte) times;
        timestamp(pes, 9, both ? 0x31 : 0x21, start.timestamp());
        if (both) {
            timestamp(pes, 9 + TIMESTAMP_BYTES, 0x11, start.decodeTimestamp());
        }
        System.arraycopy(payload, 0, pes, 9 + times, payload.length);
        return pes;
    }

    private static void timestamp(byte[] pes, int at, int marker, long timestamp) {
        pes[at] = (byte) (marker | (timestamp >> 29 & 0x0E));
        pes[at + 1] = (byte) (timestamp >> 22);
        pes[at + 2] = (byte) (timestamp >> 14 | 1);
        pes[at + 3] = (byte) (timestamp >> 7);
        pes[at + 4] = (byte) (timestamp << 1 | 1);
    }

    /// Writes one packet and says how far the payload is written then.
    private int packet(
            int pid, boolean start, long clock, boolean access, byte[] payload, int from) {
        boolean first = !counters.containsKey(pid);
        int carries = payload.length > 0 ? 1 : 0;
        // Of payloads: what carries none repeats the last number.
        int count = counters.getOrDefault(pid, 0) + carries;
        counters.put(pid, count);
        int flags =
                (first ? DISCONTINUITY : 0)
                        | (access ? RANDOM_ACCESS : 0)
                        | (clock == NO_CLOCK ? 0 : CLOCK);
        int field = flags == 0 ? 0 : clock == NO_CLOCK ? 2 : 8;
        int room = PACKET_BYTES - HEADER_BYTES - field;
        int length = Math.min(room, payload.length - from);
        // What the payload does not fill is part of the adaptation field.
        field += room - length;
        out.write(0x47);
        out.write((start ? 0x40 : 0) | pid >> 8);
        out.write(pid);
        out.write((field > 0 ? 0x20 : 0) | carries << 4 | (count - 1 & 15));
        adaptation(field, flags, clock);
        out.write(payload, from, length);
        return from + length;
    }

    private void adaptation(int length, int flags, long clock) {
        if (length == 0) {
            return;
        }
        out.write(length - 1);
        if (length == 1) {
            return;
        }
        out.write(flags);
        int written = 2;
        if (clock != NO_CLOCK) {
            out.write((int) (clock >> 25));
            out.write((int) (clock >> 17));
            out.write((int) (clock >> 9));
            out.write((int) (clock >> 1));
            // The last bit, six reserved ones, and no 27 MHz extension.
            out.write((int) (clock << 7 & 0x80) | 0x7E);
            out.write(0);
            written = 8;
        }
        for (; written < length; written++) {
            out.write(0xFF);
        }
    }
}
