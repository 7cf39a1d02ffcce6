package io.tapedeck.ingest.feed;

import static io.tapedeck.ingest.feed.TestServer.say;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tapedeck.ingest.camera.FeedException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cameras that keep their connection with a byte now and then, far within the timeouts of sockets,
/// and never come to an end.
@Timeout(20)
class DripTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Patience PATIENCE = new Patience(SHORT, SHORT, SHORT, SHORT);

    /// With those who answer at once, and say nothing.
    private static final Patience WITH_WORDS = new Patience(LONG, SHORT, LONG, SHORT);

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String PICTURES =
            OK + "Content-Type: multipart/x-mixed-replace; boundary=b\r\n";

    /// A live playlist with one segment, whose header is to be fetched first where there is one.
    private static final String PLAYLIST =
            OK
                    + "Connection: close\r\n\r\n#EXTM3U\n#EXT-X-TARGETDURATION:1\n"
                    + "#EXT-X-MEDIA-SEQUENCE:%d\n%s#EXTINF:1,\n/segment\n";

    private final Taken taken = new Taken();

    /// What stands before the bar comes at once, what is behind it again and again.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "|HTTP/1.1 200 OK and on and on",
                OK + "|a",
                OK + "A: b\r\n|C: d\r\n",
                OK + "Content-Type: text/plain\r\n\r\n|-",
                OK + "Content-Length: 9000\r\n\r\n#EXTM3U\n" + "#\n" + "|# and so on",
                OK + "\r\n#EXTM3U\n#EXT-X-TARGETDURATION:1\n|#EXTINF:1,\na.ts\n",
                PICTURES + "\r\n--b\r\n\r\n" + "\u00FF\u00D8\u00FF" + "................" + "|.",
                // A chunk's extension, which is read in one go however long it is.
                PICTURES + "Transfer-Encoding: chunked\r\n\r\n1;|a",
                "HTTP/1.1 401 Unauthorized\r\n|WWW-Authenticate: Basic\r\n"
            })
    void isSilent(String answer) throws Exception {
        String[] parts = answer.split("\\|", 2);
        try (var camera =
                new TestServer((request, out) -> {
                    say(out, parts[0]);
                    drip(out, parts[1]);
                })) {
            assertThat(pull(camera.url("/")).code()).isEqualTo("camera-silent");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/next|" + OK + "Content-Length: 9000\r\n\r\n#EXTM3U\n|#",
                "/next|" + OK + "|a",
                "/header|" + OK + "Content-Length: 9000\r\n\r\n|a",
                "/header|" + OK + "|a",
                "/segment|" + OK + "|a",
                "/segment|" + OK + "Content-Length: 9000\r\n\r\n|a",
                "/segment|" + OK + "Transfer-Encoding: chunked\r\n\r\n1;|a"
            })
    void isSilentBehindAPlaylist(String answer) throws Exception {
        String[] parts = answer.split("\\|", 3);
        String header = parts[0].equals("/header") ? "#EXT-X-MAP:URI=\"/header\"\n" : "";
        String master =
                OK
                        + "Connection: close\r\n\r\n#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n"
                        + parts[0]
                        + "\n";
        boolean second = parts[0].equals("/next");
        try (var camera =
                new TestServer((request, out) -> {
                    if (request.getFirst().contains(parts[0])) {
                        say(out, parts[1]);
                        drip(out, parts[2]);
                    } else {
                        say(out, second ? master : PLAYLIST.formatted(1, header));
                    }
                })) {
            assertThat(pull(camera.url("/")).code()).isEqualTo("camera-silent");
        }
    }

    @Test
    void aPlaylistWithNothingButGapsBringsNothingNew() throws Exception {
        var number = new AtomicInteger();
        try (var camera =
                new TestServer((request, out) ->
                        say(out, PLAYLIST.formatted(number.incrementAndGet(), "#EXT-X-GAP\n")))) {
            FeedException said = pull(camera.url("/"), WITH_WORDS);
            assertThat(said.code()).isEqualTo("camera-silent");
            assertThat(said.detail()).contains("nothing new");
            assertThat(camera.requests()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void segmentsWithoutAPictureToBeginWithAreOfNoUse() throws Exception {
        var number = new AtomicInteger();
        byte[] packet = new byte[188];
        packet[0] = 0x47;
        try (var camera =
                new TestServer((request, out) -> {
                    if (request.getFirst().contains("/segment")) {
                        say(out, OK + "Connection: close\r\n\r\n");
                        out.write(packet);
                    } else {
                        say(out, PLAYLIST.formatted(number.incrementAndGet(), ""));
                    }
                })) {
            FeedException said = pull(camera.url("/"), WITH_WORDS);
            assertThat(said.code()).isEqualTo("camera-silent");
            assertThat(said.detail()).contains("no picture to begin with");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|RTSP/1.0 200 OK",
                "RTSP/1.0 200 OK\r\n|a",
                "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 9000\r\n\r\n|v",
            })
    void isSilentOverRtsp(String answer) throws Exception {
        String[] parts = answer.split("\\|", 2);
        try (var camera =
                new TestServer((request, out) -> {
                    say(out, parts[0]);
                    drip(out, parts[1]);
                })) {
            String url = "rtsp://127.0.0.1:%d/one".formatted(camera.port());
            assertThat(pull(url).code()).isEqualTo("camera-silent");
        }
    }

    /// Until the other side has gone.
    private static void drip(OutputStream out, String text) throws Exception {
        byte[] drops = text.getBytes(ISO_8859_1);
        for (int i = 0; ; i++) {
            Thread.sleep(20);
            out.write(drops[i % drops.length]);
            out.flush();
        }
    }

    private FeedException pull(String url) {
        return pull(url, PATIENCE);
    }

    private FeedException pull(String url, Patience patience) {
        var addresses = new SafeAddresses(AllowList.parse(List.of("127.0.0.1/32")), List.of());
        var feeds = new SchemeFeeds(addresses, new CopyCommand("ffmpeg"), patience);
        return catchThrowableOfType(
                FeedException.class, () -> feeds.feed(URI.create(url)).pull(taken));
    }
}
