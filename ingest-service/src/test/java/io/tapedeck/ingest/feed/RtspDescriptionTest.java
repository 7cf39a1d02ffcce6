package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.ingest.camera.FeedException;
import org.junit.jupiter.api.Test;

class RtspDescriptionTest {

    private static final String VIDEO = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";

    @Test
    void copiesAacAndNothingElse() throws Exception {
        assertThat(copies(VIDEO)).isTrue();
        assertThat(copies(VIDEO + "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 mpeg4-generic/44100/2\r\n"))
                .isTrue();
        assertThat(copies(VIDEO + "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 opus/48000/2\r\n"))
                .isFalse();
        // G.711 without a name.
        assertThat(copies(VIDEO + "m=audio 0 RTP/AVP 0\r\n")).isFalse();
        assertThat(copies("m=audio 0 RTP/AVP 8\r\n")).isFalse();
    }

    @Test
    void saysWhatCannotBeRecorded() {
        refused("v=0\r\n");
        refused("m=application 0 RTP/AVP 107\r\n");
        refused("m=video 0 RTP/AVP 26\r\na=rtpmap:26 JPEG/90000\r\n");
        refused("m=video 0 RTP/AVP 26\r\n");
    }

    private static boolean copies(String sdp) throws FeedException {
        return RtspDescription.of(sdp.getBytes(UTF_8)).copiesSound();
    }

    private static void refused(String sdp) {
        assertThatExceptionOfType(FeedException.class).isThrownBy(() -> copies(sdp));
    }
}
