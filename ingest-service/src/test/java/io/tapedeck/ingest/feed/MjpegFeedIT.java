package io.tapedeck.ingest.feed;

import static io.tapedeck.ingest.feed.TestServer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tapedeck.ingest.camera.CameraFeed;
import io.tapedeck.ingest.camera.FeedException;
import io.tapedeck.ingest.matroska.Jpegs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cameras that speak Motion JPEG, and peers that pretend to.
@Timeout(60)
class MjpegFeedIT {

    private static final String ANSWER =
            "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=\"b\"\r\n\r\n";

    private final Taken taken = new Taken();

    @Test
    void picturesBecomeRunsOfClusters() throws Exception {
        try (var camera =
                new TestServer((request, out) -> {
                    say(out, ANSWER);
                    for (int i = 0; i < 12; i++) {
                        picture(out, Jpegs.of(64, 48, i));
                        Thread.sleep(100);
                    }
                    picture(out, Jpegs.of(128, 96, 1));
                })) {
            FeedException end = pull(camera.url("/"));
            assertThat(end.code()).isEqualTo("camera-ended");
            assertThat(taken.runs()).hasSize(2);
            Taken.Run first = taken.runs().getFirst();
            assertThat(first.mimeType()).isEqualTo("video/x-matroska");
            assertThat(first.header()).startsWith(0x1A, 0x45, 0xDF, 0xA3);
            assertThat(first.header().length).isLessThan(300);
            // At half a second, at a whole one, and what was left at the end of the run.
            assertThat(first.media()).hasSizeBetween(2, 3);
            assertThat(first.media())
                    .allSatisfy(cluster -> assertThat(cluster).startsWith(0x1F, 0x43, 0xB6, 0x75));
            assertThat(taken.runs().getLast().media()).hasSize(1);
        }
    }

    @Test
    void interruptingLetsGoOfTheCameraAtOnce() throws Exception {
        try (var camera =
                new TestServer((request, out) -> {
                    say(out, ANSWER);
                    picture(out, Jpegs.of(64, 48, 1));
                    Thread.sleep(600);
                    picture(out, Jpegs.of(64, 48, 2));
                    Thread.sleep(Duration.ofMinutes(1));
                })) {
            CameraFeed feed = feeds("127.0.0.1/32").feed(URI.create(camera.url("/")));
            var interrupted = new AtomicBoolean();
            Thread puller =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    feed.pull(taken);
                                } catch (InterruptedException e) {
                                    interrupted.set(true);
                                } catch (FeedException e) {
                                    // The test fails below.
                                }
                            });
            await().until(() -> taken.pieces() == 1);
            puller.interrupt();
            assertThat(puller.join(Duration.ofSeconds(2))).isTrue();
            assertThat(interrupted).isTrue();
        }
    }

    @Test
    void aCameraThatSaysNothingIsSilent() throws Exception {
        try (var camera =
                new TestServer((request, out) -> {
                    say(out, ANSWER);
                    Thread.sleep(Duration.ofMinutes(1));
                })) {
            assertThat(pull(camera.url("/")).code()).isEqualTo("camera-silent");
        }
    }

    @Test
    void askedForAPasswordItIsShownToThatHostOnly() throws Exception {
        try (var other = new TestServer((request, out) -> say(out, unauthorized("Basic")));
                var camera =
                        new TestServer((request, out) -> {
                            if (request.getFirst().contains("/go")) {
                                say(out, redirection(other.url("/")));
                            } else if (authorization(request).isEmpty()) {
                                say(out, unauthorized("Digest realm=\"r\", nonce=\"n\""));
                            } else {
                                say(out, ANSWER);
                            }
                        })) {
            String withPassword = camera.url("/video?x=1").replace("//", "//u:p%40ss@");
            assertThat(pull(withPassword).code()).isEqualTo("camera-ended");
            assertThat(camera.requests()).hasSize(2);
            assertThat(authorization(camera.requests().get(1)))
                    .contains("username=\"u\"")
                    .contains("uri=\"/video?x=1\"");

            assertThat(pull(withPassword.replace("/video", "/go")).code())
                    .isEqualTo("camera-refused-us");
            assertThat(other.requests()).hasSize(1);
            assertThat(authorization(other.requests().getFirst())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://127.1:%d/",
                "http://2130706433:%d/",
                "http://0x7f.1:%d/",
                "http://0177.0.0.1:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://localhost:%d/",
                "http://LOCALHOST.:%d/",
                "http://0:%d/",
                "http://0.0.0.0:%d/",
                "http://u:p@127.0.0.1:%d/"
            })
    void thisMachineIsRefusedHoweverItIsWritten(String url) throws Exception {
        try (var inside = new TestServer((request, out) -> say(out, ANSWER))) {
            var feeds = feeds("private", "public", "localhost");
            var feed = feeds.feed(URI.create(url.formatted(inside.port())));
            var refusal = catchThrowableOfType(FeedException.class, () -> feed.pull(taken));
            assertThat(refusal.code()).isIn("camera-address-refused", "camera-unreachable");
            assertThat(inside.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://[fd00:ec2::254]/",
                "//127.0.0.2:%d/",
                "http://127.0.0.2:%d/",
                "file:///etc/passwd",
                "ftp://127.0.0.1/"
            })
    void redirectionsAreCheckedToo(String location) throws Exception {
        try (var camera =
                new TestServer((request, out) -> say(out, redirection(location.formatted(9))))) {
            assertThat(pull(camera.url("/")).code()).isEqualTo("camera-address-refused");
        }
    }

    @Test
    void redirectionsEnd() throws Exception {
        try (var camera = new TestServer((request, out) -> say(out, redirection("/again")))) {
            assertThat(pull(camera.url("/")).code()).isEqualTo("camera-not-understood");
            assertThat(camera.requests()).hasSize(6);
        }
    }

    @Test
    void ourOwnDoorsAreNoCameras() throws Exception {
        try (var own = new TestServer((request, out) -> say(out, ANSWER))) {
            var addresses =
                    new SafeAddresses(
                            AllowList.parse(List.of("127.0.0.1/32")),
                            List.of(InetSocketAddress.createUnresolved("0.0.0.0", own.port())));
            var feed =
                    new SchemeFeeds(addresses, new CopyCommand("ffmpeg"))
                            .feed(URI.create(own.url("/")));
            var refusal = catchThrowableOfType(FeedException.class, () -> feed.pull(taken));
            assertThat(refusal.code()).isEqualTo("camera-address-refused");
            assertThat(own.requests()).isEmpty();
        }
    }

    @Test
    void everyOtherAnswerIsSaidInWords() throws Exception {
        expect("camera-not-understood", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        expect("camera-not-understood", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>");
        expect("camera-not-understood", "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\nx");
        expect("camera-refused-us", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        expect("camera-refused-us", unauthorized("Basic realm=\"r\""));
        expect("camera-not-understood", "SSH-2.0-OpenSSH_9.2\r\n");
        expect("camera-ended", "");
        expect("camera-not-understood", ANSWER + "--b\r\nContent-Length: 1000000000\r\n\r\n");
        expect(
                "camera-not-understood",
                ANSWER + "--b\r\nContent-Length: 5\r\n\r\nabcde\r\n".repeat(40));
        assertThat(pull("http://127.0.0.1:1/").code()).isEqualTo("camera-unreachable");
        assertThat(pull("gopher://127.0.0.1/").code()).isEqualTo("camera-address-refused");
    }

    private void expect(String code, String answer) throws Exception {
        try (var camera = new TestServer((request, out) -> say(out, answer))) {
            FeedException said = pull(camera.url("/"));
            assertThat(said.code()).as("%s: %s", answer, said.detail()).isEqualTo(code);
            assertThat(taken.runs()).isEmpty();
        }
    }

    private FeedException pull(String url) {
        return catchThrowableOfType(
                FeedException.class, () -> feeds("127.0.0.1/32").feed(URI.create(url)).pull(taken));
    }

    private static SchemeFeeds feeds(String... allowed) {
        return new SchemeFeeds(
                new SafeAddresses(AllowList.parse(List.of(allowed)), List.of()),
                new CopyCommand("ffmpeg"));
    }

    private static void picture(OutputStream out, byte[] jpeg) throws IOException {
        say(out, "--b\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n");
        out.write(jpeg);
        say(out, "\r\n");
    }

    private static String redirection(String location) {
        return "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "
                + location
                + "\r\n\r\n";
    }

    private static String unauthorized(String challenge) {
        return "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n"
                + "WWW-Authenticate: "
                + challenge
                + "\r\n\r\n";
    }

    private static String authorization(List<String> request) {
        return request.stream()
                .filter(line -> line.regionMatches(true, 0, "Authorization:", 0, 14))
                .findFirst()
                .orElse("");
    }
}
