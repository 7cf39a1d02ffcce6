package io.tapedeck.ffmpeg.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// AAC frames in ADTS (ISO/IEC 14496-3 §1.A.2.2).
final class Adts {

    private static final int HEADER_BYTES = 7;

    private Adts() {}

    /// Whole frames, header and all.
    static List<byte[]> frames(byte[] adts) {
        var frames = new ArrayList<byte[]>();
        for (int at = 0; isHeader(adts, at); at += frameBytes(adts, at)) {
            int end = at + frameBytes(adts, at);
            if (end <= adts.length) {
                frames.add(Arrays.copyOfRange(adts, at, end));
            }
        }
        return frames;
    }

    /// RFC 6381: `mp4a.40.` and the object type, which ADTS gives less one.
    static Optional<String> codec(byte[] adts) {
        return isHeader(adts, 0)
                ? Optional.of("mp4a.40." + (((adts[2] >> 6) & 3) + 1))
                : Optional.empty();
    }

    private static boolean isHeader(byte[] b, int at) {
        return at + HEADER_BYTES <= b.length
                && (b[at] & 0xFF) == 0xFF
                && (b[at + 1] & 0xF0) == 0xF0
                && frameBytes(b, at) >= HEADER_BYTES;
    }

    private static int frameBytes(byte[] b, int at) {
        return ((b[at + 3] & 3) << 11) | ((b[at + 4] & 0xFF) << 3) | ((b[at + 5] & 0xE0) >> 5);
    }
}
