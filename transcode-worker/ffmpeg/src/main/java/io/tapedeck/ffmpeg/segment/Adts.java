package io.tapedeck.ffmpeg.segment;

import java.util.Optional;

/// AAC frames in ADTS (ISO/IEC 14496-3 §1.A.2.2).
final class Adts {

    private static final int HEADER_BYTES = 7;

    private Adts() {}

    static int frames(byte[] adts) {
        int count = 0;
        for (int at = 0; isHeader(adts, at); at += frameBytes(adts, at)) {
            count++;
        }
        return count;
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
