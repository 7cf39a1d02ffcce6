package io.tapedeck.transcode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Rewrites a browser's WebM, whose segment and clusters do not know their sizes: the pictures from
/// one on share blocks, each with nobody (RFC 9559 section 10.3.2), which only ffmpeg reads.
final class LateLacing {

    private static final int SIMPLE_BLOCK = 0xA3;
    private static final int SEGMENT = 0x18538067;
    private static final int CLUSTER = 0x1F43B675;
    private static final int XIPH = 0x02;

    private final byte[] webm;
    private final int firstPicture;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pictures;

    private LateLacing(byte[] webm, int firstPicture) {
        this.webm = webm;
        this.firstPicture = firstPicture;
    }

    /// @param pictureTrack its number
    static byte[] of(byte[] webm, int pictureTrack, int firstPicture) {
        return new LateLacing(webm, firstPicture).rewritten(pictureTrack);
    }

    private byte[] rewritten(int pictureTrack) {
        int at = 0;
        while (at < webm.length) {
            int start = at;
            int idLength = length(webm[at]);
            int id = (int) number(at, idLength, true);
            int sizeLength = length(webm[at + idLength]);
            int body = at + idLength + sizeLength;
            boolean entered = id == SEGMENT || id == CLUSTER;
            at = entered ? body : body + (int) number(at + idLength, sizeLength, false);
            if (id == SIMPLE_BLOCK
                    && webm[body] == (byte) (0x80 | pictureTrack)
                    && pictures++ >= firstPicture) {
                lace(body, at);
            } else {
                out.write(webm, start, at - start);
            }
        }
        return out.toByteArray();
    }

    private void lace(int body, int end) {
        out.write(SIMPLE_BLOCK);
        out.writeBytes(ByteBuffer.allocate(8).putLong((1L << 56) | (end - body + 1)).array());
        out.write(webm, body, 3);
        out.write(webm[body + 3] | XIPH);
        out.write(0);
        out.write(webm, body + 4, end - body - 4);
    }

    private static int length(byte first) {
        return Integer.numberOfLeadingZeros(first & 0xFF) - 23;
    }

    private long number(int from, int length, boolean marked) {
        long value = marked ? webm[from] & 0xFF : webm[from] & 0xFF >> length;
        for (int i = from + 1; i < from + length; i++) {
            value = value << 8 | webm[i] & 0xFF;
        }
        return value;
    }
}
