package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;

/// What an answer over HTTP carries.
enum MediaKind {
    /// `multipart/x-mixed-replace` with JPEG pictures.
    PICTURES,
    /// An HTTP Live Streaming playlist (RFC 8216).
    PLAYLIST,
    /// An endless MPEG transport stream (ISO/IEC 13818-1).
    TRANSPORT_STREAM,
    /// One picture.
    PICTURE,
    UNKNOWN;

    /// How many bytes are enough to tell.
    static final int HEAD_BYTES = 189;

    private static final byte TS_SYNC = 0x47;

    /// By the bytes where they can tell: cameras and simple servers call things what they like.
    ///
    /// @param contentType as it was said; empty if it was not
    /// @param head the first bytes, fewer than [#HEAD_BYTES] if there are no more
    static MediaKind of(String contentType, byte[] head) {
        String text = new String(head, ISO_8859_1);
        String type = contentType.toLowerCase(Locale.ROOT).strip();
        if (text.startsWith("#EXTM3U") || text.startsWith("\u00EF\u00BB\u00BF#EXTM3U")) {
            return PLAYLIST;
        }
        if (type.startsWith("multipart/") || text.startsWith("--")) {
            return PICTURES;
        }
        if (head.length >= HEAD_BYTES && head[0] == TS_SYNC && head[188] == TS_SYNC) {
            return TRANSPORT_STREAM;
        }
        if (type.startsWith("image/") || isJpeg(head)) {
            return PICTURE;
        }
        // One that a viewer gets into in the middle may begin in the middle of a packet.
        return type.startsWith("video/mp2t") ? TRANSPORT_STREAM : UNKNOWN;
    }

    private static boolean isJpeg(byte[] head) {
        byte[] start = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
        return head.length >= 3 && Arrays.equals(head, 0, 3, start, 0, 3);
    }
}
