package io.tapedeck.timeline.clock;

/// Facts about FLAC frames that stand in their header (RFC 9639 section 9.1).
final class FlacPacket {

    /// More channels, another rate, a CRC: at most so much is in front of the size.
    private static final int CODED_NUMBER = 4;

    private FlacPacket() {}

    /// How many samples a frame decodes to; 0 when no frame begins here.
    static int samples(byte[] head) {
        if (head.length < CODED_NUMBER + 1 || head[0] != (byte) 0xFF || (head[1] & 0xFE) != 0xF8) {
            return 0;
        }
        int size = head[2] >> 4 & 15;
        return switch (size) {
            case 0 -> 0;
            case 1 -> 192;
            case 2, 3, 4, 5 -> 576 << size - 2;
            case 6 -> said(head, 1);
            case 7 -> said(head, 2);
            default -> 256 << size - 8;
        };
    }

    /// A size behind the number, which has as many bytes as its first one has leading ones, in the
    /// manner of UTF-8.
    private static int said(byte[] head, int bytes) {
        int ones = Integer.numberOfLeadingZeros(~(head[CODED_NUMBER] << 24));
        int at = CODED_NUMBER + Math.max(ones, 1);
        if (at + bytes > head.length) {
            return 0;
        }
        int less = bytes == 1 ? head[at] & 0xFF : (head[at] & 0xFF) << 8 | (head[at + 1] & 0xFF);
        return less + 1;
    }
}
