package io.tapedeck.ingest.feed;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/// The table that says what a programme of a transport stream has (PMT, ISO/IEC 13818-1 §2.4.4.8),
/// as it comes in packets. Check sums are left to whoever reads the stream.
final class TableSection {

    private static final int LONGEST = 1024;
    private static final int PROGRAMME_MAP = 2;

    private final byte[] bytes = new byte[LONGEST];
    private int length;

    /// Which packets have the first programme's table.
    ///
    /// @param packet with the beginning of the list of programmes (PAT)
    static OptionalInt programmeTable(byte[] packet, int payload) {
        int at = payload + 1 + (packet[payload] & 0xFF);
        if (at + 8 > packet.length || packet[at] != 0) {
            return OptionalInt.empty();
        }
        int end = Math.min(packet.length, at + 3 + size(packet, at + 1)) - 4;
        for (int entry = at + 8; entry + 4 <= end; entry += 4) {
            boolean programme = (packet[entry] | packet[entry + 1]) != 0;
            if (programme) {
                return OptionalInt.of(pid(packet, entry + 2));
            }
        }
        return OptionalInt.empty();
    }

    void add(byte[] packet, int payload, boolean starts) {
        int from = starts ? payload + 1 + (packet[payload] & 0xFF) : payload;
        int count = Math.min(packet.length - from, LONGEST - length);
        if (count > 0) {
            System.arraycopy(packet, from, bytes, length, count);
            length += count;
        }
    }

    boolean isWhole() {
        return length >= 3 && length >= Math.min(LONGEST, 3 + size(bytes, 1));
    }

    /// @throws IOException a [FeedIoException]: its pictures cannot be recorded
    Optional<Programme> programme() throws IOException {
        int end = Math.min(length, 3 + size(bytes, 1)) - 4;
        if (bytes[0] != PROGRAMME_MAP || end < 12) {
            return Optional.empty();
        }
        var programme = new Programme.Builder();
        int at = 12 + size(bytes, 10);
        while (at + 5 <= end) {
            int descriptors = Math.min(size(bytes, at + 3), end - at - 5);
            programme.add(bytes[at] & 0xFF, pid(bytes, at + 1));
            at += 5 + Math.max(descriptors, 0);
        }
        return Optional.of(programme.build());
    }

    private static int pid(byte[] from, int at) {
        return (from[at] & 0x1F) << 8 | from[at + 1] & 0xFF;
    }

    private static int size(byte[] from, int at) {
        return (from[at] & 0x0F) << 8 | from[at + 1] & 0xFF;
    }
}
