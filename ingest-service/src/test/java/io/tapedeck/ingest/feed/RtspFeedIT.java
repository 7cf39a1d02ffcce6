package io.tapedeck.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tapedeck.ingest.camera.FeedException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cameras that speak RTSP.
@Timeout(60)
class RtspFeedIT {

    @TempDir private static Path directory;
    private static TestRtspServer camera;

    private final Taken taken = new Taken();

    @BeforeAll
    static void start() throws Exception {
        camera = new TestRtspServer(directory);
        await().atMost(Duration.ofSeconds(20)).until(() -> camera.isReady());
    }

    @AfterAll
    static void stop() {
        camera.close();
    }

    @Test
    void playsThroughTheRelayAndShowsThePassword() throws Exception {
        camera.answerOnly("");
        camera.requests().clear();
        Thread puller = Thread.ofVirtual().start(() -> pull("rtsp://user:p%40ss@127.0.0.1:%d/one"));
        await().atMost(Duration.ofSeconds(30)).until(() -> taken.pieces() >= 6);
        puller.interrupt();
        assertThat(puller.join(Duration.ofSeconds(5))).isTrue();
        await().until(() -> camera.players() == 0);

        assertThat(taken.runs()).hasSize(1);
        Planned planned = Planned.of(taken.runs().getFirst());
        assertThat(planned.seconds()).isBetween(2.0, 12.0);
        assertThat(planned.sourceWindows()).isPositive();
        // The camera saw its own address and nothing of the relay.
        assertThat(camera.requests())
                .allSatisfy(request ->
                        assertThat(request.target())
                                .startsWith("rtsp://127.0.0.1:" + camera.port() + "/one"));
    }

    @Test
    void withoutThePasswordThatIsSaid() {
        camera.answerOnly("");
        assertThat(pull("rtsp://127.0.0.1:%d/one").code()).isEqualTo("camera-refused-us");
        assertThat(pull("rtsp://user:wrong@127.0.0.1:%d/one").code())
                .isEqualTo("camera-refused-us");
    }

    @Test
    void sendsNobodyElsewhere() {
        camera.answerOnly("RTSP/1.0 302 Moved\r\n%sLocation: rtsp://127.0.0.1:5432/\r\n\r\n");
        assertThat(pull("rtsp://127.0.0.1:%d/").code()).isEqualTo("camera-address-refused");
    }

    /// Each reads as a redirection for ffmpeg, which would follow it without asking.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTSP/1.0 302 Moved\r\n%%sLocation: rtsp://127.0.0.1:%d/\r\n\r\n",
                "RTSP/1.0  302 Moved\r\n%%sLocation: rtsp://127.0.0.1:%d/\r\n\r\n",
                "RTSP/1.0\t302 Moved\r\n%%sLocation: rtsp://127.0.0.1:%d/\r\n\r\n",
                "RTSP/1.0 \r302 Moved\r\n%%sLocation: rtsp://127.0.0.1:%d/\r\n\r\n",
                "RTSP/1.0 302x\r\n%%sLocation: rtsp://127.0.0.1:%d/\r\n\r\n",
                "RTSP/1.0 200 OK\r\n%%sContent-Length: 80\r\nContent-Length: 0\r\n\r\n"
                        + "RTSP/1.0 302 Moved\r\n%%1$sLocation: rtsp://127.0.0.1:%d/\r\n\r\n"
            })
    void ffmpegIsSentNowhereEither(String redirection) throws Exception {
        camera.answerOnly("");
        try (var inside = new TestServer((request, out) -> {})) {
            camera.answerPlayersOnly(redirection.formatted(inside.port()));
            assertThat(pull("rtsp://user:p%40ss@127.0.0.1:%d/one").code())
                    .isIn("camera-address-refused", "camera-not-understood");
            assertThat(inside.connections()).isZero();
        } finally {
            camera.answerPlayersOnly("");
        }
    }

    @Test
    void whatIsNoStreamIsSaidInWords() {
        camera.answerOnly("RTSP/1.0 404 Not Found\r\n%s\r\n");
        assertThat(pull("rtsp://127.0.0.1:%d/").detail()).contains("404").contains("path");
        camera.answerOnly("HTTP/1.1 200 OK\r\n%s\r\n");
        assertThat(pull("rtsp://127.0.0.1:%d/").code()).isEqualTo("camera-not-understood");
        camera.answerOnly("RTSP/1.0 200 OK\r\n%sContent-Length: 999999\r\n\r\n");
        assertThat(pull("rtsp://127.0.0.1:%d/").code()).isEqualTo("camera-not-understood");
        camera.answerOnly("RTSP/1.0 200 OK\r\n%s" + "A: b\r\n".repeat(100) + "\r\n");
        assertThat(pull("rtsp://127.0.0.1:%d/").code()).isEqualTo("camera-not-understood");
        assertThat(pull("rtsp://127.0.0.1:1/").code()).isEqualTo("camera-unreachable");
        assertThat(pull("rtsp://169.254.169.254/").code()).isEqualTo("camera-address-refused");
    }

    private FeedException pull(String url) {
        var addresses = new SafeAddresses(AllowList.parse(List.of("127.0.0.1/32")), List.of());
        var feeds = new SchemeFeeds(addresses, new CopyCommand("ffmpeg"));
        String address = url.replace("%d", Integer.toString(camera.port()));
        return catchThrowableOfType(
                FeedException.class,
                () -> {
                    try {
                        feeds.feed(URI.create(address)).pull(taken);
                    } catch (InterruptedException e) {
                        // Over.
                    }
                });
    }
}
