package io.tapedeck.ffmpeg.segment;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes the packets of a transport stream apart (ISO/IEC 13818-1 §2.4).
final class Demuxer {
    static final int PACKET_BYTES = 188;

    private static final int TYPE_H264 = 0x1B;
    private static final int TYPE_AAC_ADTS = 0x0F;

    private int pmtPid = -1;
    private final Map<Integer, Integer> types = new HashMap<>();
    private final Map<Integer, ByteArrayOutputStream> payloads = new HashMap<>();
    private final List<Integer> starts = new ArrayList<>();
    private final Map<Integer, Long> firstTicks = new HashMap<>();

    void packet(byte[] b, int at) {
        int pid = pid(b, at + 1);
        boolean start = (b[at + 1] & 0x40) != 0;
        int control = (b[at + 3] >> 4) & 3;
        int from = at + 4 + ((control & 2) != 0 ? 1 + (b[at + 4] & 0xFF) : 0);
        int to = at + PACKET_BYTES;
        if ((control & 1) == 0 || from >= to) {
            return;
        }
        if (pid == 0 && pmtPid < 0) {
            // pointer_field, 8 bytes of section header, program_number, PID
            int section = from + 1 + (b[from] & 0xFF);
            pmtPid = pid(b, section + 10);
        } else if (pid == pmtPid && start && types.isEmpty()) {
            programMap(b, from + 1 + (b[from] & 0xFF));
        } else if (types.containsKey(pid)) {
            if (start) {
                starts.add(pid);
                firstTicks.putIfAbsent(pid, ticks(b, from + 9));
                from += 9 + (b[from + 8] & 0xFF);
            }
            payloads.computeIfAbsent(pid, _ -> new ByteArrayOutputStream())
                    .write(b, Math.min(from, to), Math.max(to - from, 0));
        }
    }

    private void programMap(byte[] b, int section) {
        int end = section + 3 + length(b, section + 1) - 4;
        int at = section + 12 + length(b, section + 10);
        while (at + 5 <= end) {
            int pid = pid(b, at + 1);
            types.put(pid, b[at] & 0xFF);
            at += 5 + length(b, at + 3);
        }
    }

    TransportStream result() {
        byte[] video = payloadOf(TYPE_H264);
        byte[] audio = payloadOf(TYPE_AAC_ADTS);
        int pictures = (int) starts.stream().filter(pid -> type(pid) == TYPE_H264).count();
        return new TransportStream(
                pictures,
                Adts.frames(audio),
                firstTicks.entrySet().stream()
                        .filter(entry -> type(entry.getKey()) == TYPE_AAC_ADTS)
                        .mapToLong(Map.Entry::getValue)
                        .findFirst(),
                TransportStream.avcCodec(video),
                Adts.codec(audio));
    }

    /// A PES timestamp: 33 bits in five bytes, with marker bits between.
    private static long ticks(byte[] b, int at) {
        if (at + 5 > b.length) {
            return -1;
        }
        return ((b[at] & 0x0EL) << 29)
                | ((b[at + 1] & 0xFFL) << 22)
                | ((b[at + 2] & 0xFEL) << 14)
                | ((b[at + 3] & 0xFFL) << 7)
                | ((b[at + 4] & 0xFEL) >> 1);
    }

    private byte[] payloadOf(int type) {
        return payloads.entrySet().stream()
                .filter(entry -> type(entry.getKey()) == type)
                .map(entry -> entry.getValue().toByteArray())
                .findFirst()
                .orElse(new byte[0]);
    }

    private int type(int pid) {
        return types.getOrDefault(pid, -1);
    }

    private static int pid(byte[] b, int at) {
        return ((b[at] & 0x1F) << 8) | (b[at + 1] & 0xFF);
    }

    /// Length of a section or a descriptor list.
    private static int length(byte[] b, int at) {
        return ((b[at] & 0x0F) << 8) | (b[at + 1] & 0xFF);
    }
}
