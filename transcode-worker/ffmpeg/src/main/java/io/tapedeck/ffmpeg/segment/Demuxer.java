package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.segment.TransportStream.Elementary;
import io.tapedeck.ffmpeg.segment.TransportStream.Pes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes the packets of a transport stream apart (ISO/IEC 13818-1 §2.4).
final class Demuxer {
    static final int PACKET_BYTES = 188;

    private static final int PES_HEADER_BYTES = 9;

    private int pmtPid = -1;
    private final Map<Integer, Collected> streams = new LinkedHashMap<>();

    void packet(byte[] b, int at) {
        int pid = pid(b, at + 1);
        boolean start = (b[at + 1] & 0x40) != 0;
        int control = (b[at + 3] >> 4) & 3;
        int from = at + 4 + ((control & 2) != 0 ? 1 + (b[at + 4] & 0xFF) : 0);
        int to = at + PACKET_BYTES;
        if ((control & 1) == 0 || from >= to) {
            return;
        }
        var stream = streams.get(pid);
        if (stream != null) {
            stream.add(b, from, to, start);
        } else if (pid == 0 && pmtPid < 0) {
            // pointer_field, 8 bytes of section header, program_number, PID
            int section = from + 1 + (b[from] & 0xFF);
            pmtPid = section + 12 <= b.length ? pid(b, section + 10) : -1;
        } else if (pid == pmtPid && start && streams.isEmpty()) {
            programMap(b, from + 1 + (b[from] & 0xFF), to);
        }
    }

    private void programMap(byte[] b, int section, int to) {
        if (section + 12 > to) {
            return;
        }
        int end = Math.min(section + 3 + length(b, section + 1) - 4, to);
        int at = section + 12 + length(b, section + 10);
        while (at + 5 <= end) {
            streams.put(pid(b, at + 1), new Collected(b[at] & 0xFF));
            at += 5 + length(b, at + 3);
        }
    }

    TransportStream result() {
        return new TransportStream(streams.values().stream().map(Collected::result).toList());
    }

    /// What has come of one stream.
    private static final class Collected {

        private final int type;
        private final List<Pes> packets = new ArrayList<>();
        private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
        private long timestamp = -1;
        private boolean begun;

        Collected(int type) {
            this.type = type;
        }

        void add(byte[] b, int from, int to, boolean start) {
            int payloadFrom = from;
            if (start) {
                end();
                begun = true;
                timestamp = from + PES_HEADER_BYTES + 5 <= to ? timestamp(b, from) : -1;
                payloadFrom = from + PES_HEADER_BYTES;
                payloadFrom += payloadFrom <= to ? b[payloadFrom - 1] & 0xFF : 0;
            }
            if (begun && payloadFrom < to) {
                payload.write(b, payloadFrom, to - payloadFrom);
            }
        }

        private void end() {
            if (begun) {
                packets.add(new Pes(timestamp, payload.toByteArray()));
                payload.reset();
            }
        }

        Elementary result() {
            end();
            begun = false;
            return new Elementary(type, List.copyOf(packets));
        }
    }

    /// The PES header's PTS: 33 bits in five bytes, with marker bits between.
    private static long timestamp(byte[] b, int pes) {
        int at = pes + PES_HEADER_BYTES;
        if ((b[pes + 7] & 0x80) == 0) {
            return -1;
        }
        return ((b[at] & 0x0EL) << 29)
                | ((b[at + 1] & 0xFFL) << 22)
                | ((b[at + 2] & 0xFEL) << 14)
                | ((b[at + 3] & 0xFFL) << 7)
                | ((b[at + 4] & 0xFEL) >> 1);
    }

    private static int pid(byte[] b, int at) {
        return ((b[at] & 0x1F) << 8) | (b[at + 1] & 0xFF);
    }

    /// Length of a section or a descriptor list.
    private static int length(byte[] b, int at) {
        return ((b[at] & 0x0F) << 8) | (b[at + 1] & 0xFF);
    }
}
