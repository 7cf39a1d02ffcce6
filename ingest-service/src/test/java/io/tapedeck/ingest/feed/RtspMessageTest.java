package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.ingest.camera.FeedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtspMessageTest {

    @Test
    void readsAndWritesTheSame() throws Exception {
        String text = "RTSP/1.0 200 OK\r\nCSeq: 3\r\ncontent-length: 4\r\nA: b: c\r\n\r\nbody";
        RtspMessage message = read(text + "rest");
        assertThat(message.isAnswer()).isTrue();
        assertThat(message.status()).isEqualTo(200);
        assertThat(message.header("a")).hasValue("b: c");
        assertThat(new String(message.bytes(), ISO_8859_1)).isEqualTo(text);
        assertThat(new String(message.with("cseq", "4").bytes(), ISO_8859_1))
                .contains("cseq: 4")
                .doesNotContain("CSeq: 3");
    }

    @Test
    void isBounded() {
        refused("RTSP/1.0 200 OK\r\n" + "a: b\r\n".repeat(65) + "\r\n");
        refused("RTSP/1.0 200 OK\r\na: " + "b".repeat(5000) + "\r\n\r\n");
        refused("RTSP/1.0 200 OK\r\nContent-Length: 262145\r\n\r\n");
        refused("RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n");
        refused("RTSP/1.0 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTSP/1.0  302 Found",
                "RTSP/1.0\t302 Found",
                "RTSP/1.0 302\tFound",
                "RTSP/1.0 302x",
                "RTSP/1.0 3020 Found",
                "RTSP/1. 302 Found",
                "RTSP/1.0x 302 Found",
                " RTSP/1.0 302 Found",
                "rtsp/1.0 302 Found"
            })
    void whatOnlyLooksLikeAnAnswerIsNone(String first) throws Exception {
        RtspMessage message = read(first + "\r\nLocation: rtsp://10.0.0.1:22/\r\n\r\n");
        assertThat(message.isAnswer()).isFalse();
        assertThat(message.status()).isZero();
        var address = RtspAddress.of(URI.create("rtsp://camera/"));
        assertThat(RtspRelay.refusal(message, address))
                .map(FeedException::code)
                .hasValue("camera-not-understood");
    }

    @Test
    void onlyWhatPlayersAreAskedIsAnswered() throws Exception {
        var address = RtspAddress.of(URI.create("rtsp://camera/"));
        for (String asked : List.of("OPTIONS * RTSP/1.0", "SET_PARAMETER rtsp://c/ RTSP/1.0")) {
            assertThat(RtspRelay.refusal(read(asked + "\r\n\r\n"), address)).isEmpty();
        }
        for (String asked : List.of("REDIRECT * RTSP/1.0", "SETUP rtsp://c/ RTSP/1.0", "x", "")) {
            assertThat(RtspRelay.refusal(read("\n" + asked + "\r\n\r\n"), address)).isPresent();
            assertThat(RtspRelay.refusal(read(asked + " \r\n\r\n"), address)).isPresent();
        }
    }

    @Test
    void linesThatEndTwiceAreRefused() {
        refused("RTSP/1.0\r302 Found\r\n\r\n");
        refused("RTSP/1.0 200 OK\r\nA: b\rLocation: rtsp://10.0.0.1/\r\n\r\n");
        refused("RTSP/1.0 200 OK\r\r\n\r\n");
        refused("RTSP/1.0 200 OK\0\r\n\r\n");
        refused("RTSP/1.0 200 OK\r\nContent-Length: 4\r\nContent-Length: 0\r\n\r\nbody");
    }

    @Test
    void isWrittenAnewWithWhatIsNeededAndNoMore() throws Exception {
        String said =
                "RTSP/1.1 200\r\nServer: WMServer\r\ncseq: 3\r\nlocation: rtsp://10.0.0.1/\r\n"
                        + "CSeq: 4\r\nSession:\t7;timeout=60\r\ncontent-length: 2\r\n"
                        + " folded: x\r\n\r\nab";
        assertThat(new String(read(said).anew().bytes(), ISO_8859_1))
                .isEqualTo(
                        "RTSP/1.0 200 -\r\nCSeq: 3\r\nSession: 7;timeout=60\r\n"
                                + "Content-Length: 2\r\n\r\nab");
    }

    private static void refused(String text) {
        assertThatExceptionOfType(FeedIoException.class)
                .isThrownBy(() -> read(text))
                .matches(e -> e.reason().code().equals("camera-not-understood"));
    }

    private static RtspMessage read(String text) throws IOException {
        var in = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
        return RtspMessage.read(in.read(), in);
    }
}
