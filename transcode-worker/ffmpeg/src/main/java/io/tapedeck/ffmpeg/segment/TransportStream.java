package io.tapedeck.ffmpeg.segment;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What is in an MPEG-TS segment (ISO/IEC 13818-1), read from its bytes: one program with H.264,
/// AAC in ADTS, or both.
///
/// @param pictures PES packets with pictures; each has one
/// @param soundFrames ADTS frames
/// @param firstSoundTicks timestamp of the first ADTS frame, in 33 bits
/// @param videoCodec RFC 6381, from the first SPS
/// @param audioCodec RFC 6381, from the first ADTS header
record TransportStream(
        int pictures,
        int soundFrames,
        OptionalLong firstSoundTicks,
        Optional<String> videoCodec,
        Optional<String> audioCodec) {

    private static final int PACKET_BYTES = 188;
    private static final int TYPE_H264 = 0x1B;
    private static final int TYPE_AAC_ADTS = 0x0F;
    private static final int NAL_SPS = 7;

    /// RFC 6381 codecs of all there is, pictures first.
    String codecs() {
        var codecs = new ArrayList<String>();
        videoCodec.ifPresent(codecs::add);
        audioCodec.ifPresent(codecs::add);
        return String.join(",", codecs);
    }

    static TransportStream read(byte[] bytes) {
        var demuxer = new Demuxer();
        for (int at = 0; at + PACKET_BYTES <= bytes.length; at += PACKET_BYTES) {
            demuxer.packet(bytes, at);
        }
        return demuxer.result();
    }

    /// RFC 6381 §3.3: profile, constraints and level as the SPS has them.
    static Optional<String> avcCodec(byte[] annexB) {
        for (int i = 0; i + 6 < annexB.length; i++) {
            if (annexB[i] == 0
                    && annexB[i + 1] == 0
                    && annexB[i + 2] == 1
                    && (annexB[i + 3] & 0x1F) == NAL_SPS) {
                return Optional.of(
                        "avc1.%02x%02x%02x".formatted(annexB[i + 4], annexB[i + 5], annexB[i + 6]));
            }
        }
        return Optional.empty();
    }

    private static final class Demuxer {
        private int pmtPid = -1;
        private final Map<Integer, Integer> types = new HashMap<>();
        private final Map<Integer, ByteArrayOutputStream> payloads = new HashMap<>();
        private final List<Integer> starts = new ArrayList<>();
        private final Map<Integer, Long> firstTicks = new HashMap<>();

        void packet(byte[] b, int at) {
            int pid = (b[at + 1] & 0x1F) << 8 | b[at + 2] & 0xFF;
            boolean start = (b[at + 1] & 0x40) != 0;
            int control = b[at + 3] >> 4 & 3;
            int from = at + 4 + ((control & 2) != 0 ? 1 + (b[at + 4] & 0xFF) : 0);
            int to = at + PACKET_BYTES;
            if ((control & 1) == 0 || from >= to) {
                return;
            }
            if (pid == 0 && pmtPid < 0) {
                // pointer_field, 8 bytes of section header, program_number, PID
                int section = from + 1 + (b[from] & 0xFF);
                pmtPid = (b[section + 10] & 0x1F) << 8 | b[section + 11] & 0xFF;
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
            int end = section + 3 + ((b[section + 1] & 0x0F) << 8 | b[section + 2] & 0xFF) - 4;
            int at = section + 12 + ((b[section + 10] & 0x0F) << 8 | b[section + 11] & 0xFF);
            while (at + 5 <= end) {
                int pid = (b[at + 1] & 0x1F) << 8 | b[at + 2] & 0xFF;
                types.put(pid, b[at] & 0xFF);
                at += 5 + ((b[at + 3] & 0x0F) << 8 | b[at + 4] & 0xFF);
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
                    avcCodec(video),
                    Adts.codec(audio));
        }

        /// A PES timestamp: 33 bits in five bytes, with marker bits between.
        private static long ticks(byte[] b, int at) {
            if (at + 5 > b.length) {
                return -1;
            }
            return (b[at] & 0x0EL) << 29
                    | (b[at + 1] & 0xFFL) << 22
                    | (b[at + 2] & 0xFEL) << 14
                    | (b[at + 3] & 0xFFL) << 7
                    | (b[at + 4] & 0xFEL) >> 1;
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
    }
}
