package io.tapedeck.ingest.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets an MPEG transport stream (ISO/IEC 13818-1) that is entered anywhere begin where it can be
/// decoded: its tables first, then the packet with which a picture begins that stands alone.
/// Whoever reads on finds out at once what is in it. Without pictures it begins behind its tables.
/// For one thread at a time.
final class TransportStreamStart {

    private static final int PACKET = 188;
    private static final int SYNC = 0x47;

    private final byte[] packet = new byte[PACKET];
    private int filled;
    private int skipped;
    private boolean begun;

    private byte[] tables = {};
    private int tablePid = -1;
    private @Nullable TableSection section;
    private @Nullable Programme programme;

    /// What is in it, once that is known.
    Optional<Programme> programme() {
        return Optional.ofNullable(programme);
    }

    /// Whether it has begun.
    boolean hasBegun() {
        return begun;
    }

    /// What of the next bytes is to be read, with what has to stand in front of it.
    ///
    /// @throws IOException a [FeedIoException]: it is no transport stream, or not one that can be
    ///   recorded
    byte[] pass(byte[] bytes, int from, int count) throws IOException {
        if (begun) {
            return Arrays.copyOfRange(bytes, from, from + count);
        }
        for (int at = from; at < from + count; at++) {
            if (filled == 0 && (bytes[at] & 0xFF) != SYNC) {
                skip();
                continue;
            }
            packet[filled++] = bytes[at];
            if (filled == PACKET) {
                filled = 0;
                look();
                if (begun) {
                    return begin(bytes, at + 1, from + count);
                }
            }
        }
        return new byte[0];
    }

    private void skip() throws IOException {
        // The first packet may be cut anywhere, and a payload may have bytes that look like a sync.
        if (++skipped > 64 * PACKET) {
            throw FeedProblem.NOT_UNDERSTOOD.whileReading(
                    "What comes calls itself MPEG-TS and is not.");
        }
    }

    private byte[] begin(byte[] bytes, int from, int to) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(tables);
        out.writeBytes(packet);
        out.write(bytes, from, to - from);
        return out.toByteArray();
    }

    private void look() throws IOException {
        int pid = (packet[1] & 0x1F) << 8 | packet[2] & 0xFF;
        boolean starts = (packet[1] & 0x40) != 0;
        int payload = payload();
        if (payload >= PACKET) {
            return;
        }
        if (pid == 0) {
            if (starts) {
                tablePid = TableSection.programmeTable(packet, payload).orElse(tablePid);
                tables = packet.clone();
                section = null;
            }
        } else if (pid == tablePid) {
            lookAtTable(starts, payload);
        } else if (programme != null && pid == programme.picturesPid() && starts) {
            begun = standsAlone(programme, payload);
        }
        if (programme != null && !programme.hasPictures()) {
            begun = true;
        }
    }

    private void lookAtTable(boolean starts, int payload) throws IOException {
        if (programme != null) {
            return;
        }
        if (starts) {
            section = new TableSection();
            tables = Arrays.copyOf(tables, PACKET);
        }
        if (section == null) {
            return;
        }
        tables = Arrays.copyOf(tables, tables.length + PACKET);
        System.arraycopy(packet, 0, tables, tables.length - PACKET, PACKET);
        section.add(packet, payload, starts);
        if (section.isWhole()) {
            programme = section.programme().orElse(null);
            section = null;
        }
    }

    private int payload() {
        int control = packet[3] >> 4 & 3;
        return switch (control) {
            case 1 -> 4;
            case 3 -> 5 + (packet[4] & 0xFF);
            default -> PACKET;
        };
    }

    private boolean standsAlone(Programme its, int payload) {
        boolean saysSo = payload > 5 && (packet[5] & 0x40) != 0;
        return saysSo || its.hasParameterSet(packet, payload);
    }
}
