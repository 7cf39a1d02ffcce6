package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaKindTest {

    @Test
    void isKnownByItsBytesOrItsName() {
        byte[] ts = new byte[MediaKind.HEAD_BYTES];
        ts[0] = 0x47;
        ts[188] = 0x47;
        assertThat(MediaKind.of("application/octet-stream", ts))
                .isEqualTo(MediaKind.TRANSPORT_STREAM);
        assertThat(MediaKind.of("video/MP2T", new byte[3])).isEqualTo(MediaKind.TRANSPORT_STREAM);
        assertThat(MediaKind.of("text/plain", ascii("#EXTM3U\n"))).isEqualTo(MediaKind.PLAYLIST);
        assertThat(MediaKind.of("", ascii("--frame\r\n"))).isEqualTo(MediaKind.PICTURES);
        assertThat(MediaKind.of("multipart/x-mixed-replace;boundary=x", new byte[0]))
                .isEqualTo(MediaKind.PICTURES);
        assertThat(MediaKind.of("image/jpeg", new byte[0])).isEqualTo(MediaKind.PICTURE);
        assertThat(MediaKind.of("text/html", ascii("<html>"))).isEqualTo(MediaKind.UNKNOWN);
        assertThat(MediaKind.of("application/x-mpegurl", ascii("<html>")))
                .isEqualTo(MediaKind.UNKNOWN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
