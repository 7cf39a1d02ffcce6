package io.tapedeck.ingest.feed;

import static io.tapedeck.ingest.feed.TestServer.say;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tapedeck.ingest.camera.FeedException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Users and realms that are not plain ASCII.
@Timeout(20)
class CameraPasswordTest {

    private static final String END = "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final Taken taken = new Taken();

    /// RFC 7616 §4: names are hashed and sent in UTF-8.
    @Test
    void namesInAnyLanguageAreShownInUtf8() throws Exception {
        String realm = bytes("Büro 監視");
        try (var camera = asking("realm=\"" + realm + "\", nonce=\"n\"")) {
            FeedException said = pull(camera.url("/").replace("//", "//J%C3%BCrgen:p%C3%A4ss@"));
            assertThat(said.code()).isEqualTo("camera-refused-us");
            String shown =
                    camera.requests().getLast().stream()
                            .filter(line -> line.startsWith("Authorization:"))
                            .findFirst()
                            .orElseThrow();
            String right =
                    DigestChallenge.parse("Digest realm=\"Büro 監視\", nonce=\"n\"")
                            .orElseThrow()
                            .answer("Jürgen", "päss", "GET", "/");
            assertThat(shown).isEqualTo("Authorization: " + bytes(right));
        }
    }

    @Test
    void lineBreaksInANameAreNotSent() throws Exception {
        try (var camera = asking("realm=\"r\", nonce=\"n\"")) {
            FeedException said = pull(camera.url("/").replace("//", "//u%0D%0AHost%3A+x:p@"));
            assertThat(said.code()).isEqualTo("camera-refused-us");
            assertThat(said.detail()).contains("control characters");
            assertThat(camera.requests()).hasSize(1);
        }
    }

    @Test
    void lineBreaksInARealmAreNotSentBack() throws Exception {
        try (var camera = asking("realm=\"a\u0001b\", nonce=\"n\"")) {
            FeedException said = pull(camera.url("/").replace("//", "//u:p@"));
            assertThat(said.code()).isEqualTo("camera-refused-us");
            assertThat(camera.requests()).hasSize(1);
        }
    }

    @Test
    void overRtspToo() throws Exception {
        var address = RtspAddress.of(URI.create("rtsp://J%C3%BCrgen:p%C3%A4ss@camera/one"));
        var password = new RtspPassword(address);
        String asked = "WWW-Authenticate: Digest realm=\"%s\", nonce=\"n\"";
        assertThat(
                        password.learn(
                                new RtspMessage(
                                        "RTSP/1.0 401 No",
                                        List.of(asked.formatted(bytes("Büro 監視"))),
                                        new byte[0])))
                .isTrue();
        var request =
                new RtspMessage("DESCRIBE rtsp://camera/one RTSP/1.0", List.of(), new byte[0]);
        String right =
                DigestChallenge.parse("Digest realm=\"Büro 監視\", nonce=\"n\"")
                        .orElseThrow()
                        .answer("Jürgen", "päss", "DESCRIBE", "rtsp://camera/one");
        assertThat(new String(password.show(request).bytes(), UTF_8)).contains(right);
    }

    @Test
    void lineBreaksInANameAreRefusedOverRtsp() {
        URI url = URI.create("rtsp://u%0D%0ARequire%3A+x:p@camera/one");
        FeedException said = catchThrowableOfType(FeedException.class, () -> RtspAddress.of(url));
        assertThat(said.code()).isEqualTo("camera-address-refused");
        assertThat(said.detail()).contains("control characters");
    }

    private static TestServer asking(String digest) {
        return new TestServer((request, out) ->
                say(out, "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest " + digest + END));
    }

    /// As a test server reads and writes it.
    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private FeedException pull(String url) {
        var addresses = new SafeAddresses(AllowList.parse(List.of("127.0.0.1/32")), List.of());
        var feeds = new SchemeFeeds(addresses, new CopyCommand("ffmpeg"));
        return catchThrowableOfType(
                FeedException.class, () -> feeds.feed(URI.create(url)).pull(taken));
    }
}
