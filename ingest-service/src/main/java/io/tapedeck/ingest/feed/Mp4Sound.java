package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// Looks up in the header of an MP4 whether its sound can be planned as it comes.
final class Mp4Sound {

    private static final int ES = 3;
    private static final int DECODER = 4;
    private static final int SPECIFIC = 5;
    private static final int AAC = 0x40;
    private static final int LOW_COMPLEXITY = 2;

    private Mp4Sound() {}

    /// Whether it is AAC of low complexity at 32, 44.1 or 48 kHz, or there is none.
    ///
    /// @param header that ffmpeg wrote
    static boolean isPlannable(byte[] header) {
        String text = new String(header, ISO_8859_1);
        if (!text.contains("soun")) {
            return true;
        }
        int at = text.indexOf("esds");
        try {
            return at > 0 && isPlannable(ByteBuffer.wrap(header).position(at + 8));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false;
        }
    }

    /// At the descriptors of ISO/IEC 14496-1 §7.2.6.
    private static boolean isPlannable(ByteBuffer descriptors) {
        if (enter(descriptors) != ES) {
            return false;
        }
        descriptors.position(descriptors.position() + 3);
        if (enter(descriptors) != DECODER || (descriptors.get() & 0xFF) != AAC) {
            return false;
        }
        descriptors.position(descriptors.position() + 12);
        return enter(descriptors) == SPECIFIC && isUsual(descriptors);
    }

    private static int enter(ByteBuffer descriptors) {
        int tag = descriptors.get();
        while (descriptors.get() < 0) {
            // A length takes up to four bytes; all but the last have their highest bit set.
        }
        return tag;
    }

    /// ISO/IEC 14496-3 §1.6.2.1.
    private static boolean isUsual(ByteBuffer config) {
        int bits = config.getShort() & 0xFFFF;
        int rate = bits >> 7 & 15;
        int channels = bits >> 3 & 15;
        return bits >> 11 == LOW_COMPLEXITY
                && rate >= 3
                && rate <= 5
                && channels >= 1
                && channels <= 7
                && (bits & 7) == 0;
    }
}
