package io.tapedeck.ingest.feed;

import static io.tapedeck.ingest.feed.TestServer.say;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Cameras whose streams go through ffmpeg.
@Timeout(90)
class FfmpegFeedIT {

    private static final int PACKET = 188;

    @TempDir private static Path made;

    private final Taken taken = new Taken();

    @BeforeAll
    static void makeStreams() throws Exception {
        ffmpeg("-f", "mpegts", "stream.ts");
        ffmpeg("-f", "hls", "-hls_time", "1", "-hls_list_size", "0", "ts.m3u8");
        ffmpeg(
                "-f",
                "hls",
                "-hls_time",
                "1",
                "-hls_list_size",
                "0",
                "-hls_segment_type",
                "fmp4",
                "fmp4.m3u8");
    }

    /// Eight seconds with pictures that overtake each other, a keyframe each second, and sound.
    private static void ffmpeg(String... output) throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                "ffmpeg",
                                "-loglevel",
                                "error",
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=s=320x180:r=25",
                                "-f",
                                "lavfi",
                                "-i",
                                "sine=440:r=44100",
                                "-t",
                                "8",
                                "-c:v",
                                "libx264",
                                "-preset",
                                "ultrafast",
                                "-bf",
                                "2",
                                "-g",
                                "25",
                                "-keyint_min",
                                "25",
                                "-sc_threshold",
                                "0",
                                "-c:a",
                                "aac"));
        command.addAll(Arrays.asList(output));
        Process process =
                new ProcessBuilder(command)
                        .directory(made.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor()).isZero();
    }

    /// An index of all fragments would be kept in memory until the camera goes.
    @Test
    void noIndexIsMadeOfWhatHasNoEnd() throws Exception {
        Path copied = made.resolve("copied.mp4");
        Process process =
                new ProcessBuilder(new CopyCommand("ffmpeg").transportStream(true))
                        .redirectInput(made.resolve("stream.ts").toFile())
                        .redirectOutput(copied.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(copied, ISO_8859_1)).contains("moof").doesNotContain("mfra");
    }

    @Test
    void aTransportStreamBeginsAtItsNextKeyframe() throws Exception {
        byte[] stream = Files.readAllBytes(made.resolve("stream.ts"));
        int from = stream.length / PACKET / 8 / 2 * PACKET + 77;
        try (var camera =
                new TestServer((request, out) -> {
                    say(out, "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n");
                    out.write(stream, from, stream.length - from);
                })) {
            assertThat(pull(camera.url("/")).code()).isEqualTo("camera-ended");
        }
        assertThat(taken.runs()).hasSize(1);
        Taken.Run run = taken.runs().getFirst();
        assertThat(run.mimeType()).isEqualTo("video/mp4");
        assertThat(run.media()).hasSizeBetween(12, 16);
        Planned planned = Planned.of(run);
        // What is heard lies behind what is seen at the same time, so it begins a little earlier.
        assertThat(planned.seconds()).isBetween(6.7, 7.8);
        assertThat(planned.sourceWindows()).isGreaterThan(1);
    }

    /// AAC at 16 kHz, as cameras like to have it.
    @Test
    void soundThatCannotBePlannedIsEncoded() throws Exception {
        ffmpeg("-ar", "16000", "-f", "mpegts", "low.ts");
        byte[] stream = Files.readAllBytes(made.resolve("low.ts"));
        try (var camera =
                new TestServer((request, out) -> {
                    say(out, "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n");
                    out.write(stream);
                })) {
            assertThat(pull(camera.url("/")).code()).isEqualTo("camera-ended");
            assertThat(camera.requests()).hasSize(2);
        }
        assertThat(taken.runs()).hasSize(1);
        assertThat(Planned.of(taken.runs().getFirst()).seconds()).isCloseTo(8, within(0.8));
    }

    @Test
    void aLivePlaylistIsFollowedAndADiscontinuityBeginsARun() throws Exception {
        live("ts", "#EXT-X-DISCONTINUITY\n", "");
        assertThat(taken.runs()).hasSize(2);
        // From the newest, the second one, up to the break before the sixth.
        assertThat(Planned.of(taken.runs().get(0)).seconds()).isCloseTo(4, within(0.8));
        assertThat(Planned.of(taken.runs().get(1)).seconds()).isCloseTo(3, within(0.8));
    }

    @Test
    void segmentsMayBeFragmentedMp4() throws Exception {
        live("fmp4", "", "#EXT-X-MAP:URI=\"init.mp4\"\n");
        assertThat(taken.runs()).hasSize(1);
        assertThat(Planned.of(taken.runs().getFirst()).seconds()).isCloseTo(7, within(0.8));
    }

    /// Lists two segments at first, then one more with each question.
    private void live(String kind, String beforeSixth, String map) throws Exception {
        List<String> segments =
                Files.readAllLines(made.resolve(kind + ".m3u8")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
        assertThat(segments).hasSize(8);
        var asked = new int[1];
        try (var camera =
                new TestServer((request, out) -> {
                    String path = request.getFirst().split(" ")[1];
                    if (path.equals("/master.m3u8")) {
                        body(out, master());
                    } else if (path.equals("/live/index.m3u8")) {
                        int newest = Math.min(segments.size(), 2 + asked[0]++);
                        body(out, playlist(segments, newest, beforeSixth, map).getBytes(UTF_8));
                    } else {
                        body(out, Files.readAllBytes(made.resolve(path.substring(6))));
                    }
                })) {
            FeedException end = pull(camera.url("/master.m3u8"));
            assertThat(end.code()).as(end.detail()).isEqualTo("camera-ended");
        }
    }

    private static byte[] master() {
        return "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nno.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=200\nlive/index.m3u8\n"
                .getBytes(UTF_8);
    }

    private static String playlist(
            List<String> segments, int newest, String beforeSixth, String map) {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:1\n");
        text.append("#EXT-X-MEDIA-SEQUENCE:").append(newest - 2).append('\n').append(map);
        for (int i = newest - 2; i < newest; i++) {
            text.append(i == 5 ? beforeSixth : "").append("#EXTINF:1,\n");
            text.append(segments.get(i)).append('\n');
        }
        return text.append(newest == segments.size() ? "#EXT-X-ENDLIST\n" : "").toString();
    }

    @Test
    void interruptingLeavesNoProcess() throws Exception {
        byte[] stream = Files.readAllBytes(made.resolve("stream.ts"));
        try (var camera =
                new TestServer((request, out) -> {
                    say(out, "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n");
                    out.write(stream);
                    out.flush();
                    Thread.sleep(Duration.ofMinutes(1));
                })) {
            var feed = feeds().feed(URI.create(camera.url("/")));
            Thread puller =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    feed.pull(taken);
                                } catch (FeedException | InterruptedException e) {
                                    // Over.
                                }
                            });
            await().atMost(Duration.ofSeconds(20)).until(() -> taken.pieces() > 2);
            assertThat(guests()).isPositive();
            puller.interrupt();
            assertThat(puller.join(Duration.ofSeconds(3))).isTrue();
            await().until(() -> guests() == 0);
        }
    }

    private static long guests() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("ffmpeg"))
                .count();
    }

    @Test
    void whatCannotBeRecordedIsSaidInWords() throws Exception {
        expect("camera-not-understood", "is over", "#EXTM3U\n#EXTINF:1,\na.ts\n#EXT-X-ENDLIST\n");
        expect(
                "camera-not-understood",
                "encrypted",
                "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:1,\na.ts\n");
        expect("camera-not-understood", "number", "#EXTM3U\n#EXT-X-TARGETDURATION:x\n");
        expect(
                "camera-address-refused",
                "127.0.0.2",
                "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.2:9/a.ts\n");
        expect("camera-address-refused", "not HTTP", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n");
        expect("camera-not-understood", "calls itself", "<html>".repeat(9000), "video/mp2t");
    }

    private void expect(String code, String words, String body) throws Exception {
        expect(code, words, body, "application/vnd.apple.mpegurl");
    }

    private void expect(String code, String words, String body, String type) throws Exception {
        try (var camera =
                new TestServer((request, out) ->
                        say(
                                out,
                                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: "
                                        + type
                                        + "\r\n\r\n"
                                        + body))) {
            FeedException said = pull(camera.url("/"));
            assertThat(said.code()).as(said.detail()).isEqualTo(code);
            assertThat(said.detail()).contains(words);
            assertThat(taken.runs()).isEmpty();
        }
    }

    @Test
    void bytesThatOnlyLookLikeAStreamAreNoStream() throws Exception {
        byte[] stream = Files.readAllBytes(made.resolve("stream.ts"));
        var random = new Random(7);
        for (int at = 20 * PACKET; at < stream.length; at++) {
            if (at % PACKET > 3) {
                stream[at] = (byte) random.nextInt();
            }
        }
        try (var camera =
                new TestServer((request, out) -> {
                    say(out, "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n");
                    out.write(stream);
                })) {
            assertThat(pull(camera.url("/")).code()).isIn("camera-not-understood", "camera-ended");
        }
        assertThat(guests()).isZero();
    }

    @Test
    void withoutFfmpegThatIsSaid() throws Exception {
        byte[] stream = Files.readAllBytes(made.resolve("stream.ts"));
        try (var camera =
                new TestServer((request, out) -> {
                    say(out, "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n");
                    out.write(stream);
                })) {
            var feed =
                    new SchemeFeeds(loopback(), new CopyCommand("/nowhere/ffmpeg"))
                            .feed(URI.create(camera.url("/")));
            var said = catchThrowableOfType(FeedException.class, () -> feed.pull(taken));
            assertThat(said.code()).isEqualTo("camera-ffmpeg-unavailable");
        }
    }

    private FeedException pull(String url) {
        return catchThrowableOfType(
                FeedException.class, () -> feeds().feed(URI.create(url)).pull(taken));
    }

    private static SchemeFeeds feeds() {
        return new SchemeFeeds(loopback(), new CopyCommand("ffmpeg"));
    }

    private static SafeAddresses loopback() {
        return new SafeAddresses(AllowList.parse(List.of("127.0.0.1/32")), List.of());
    }

    private static void body(OutputStream out, byte[] bytes) throws IOException {
        say(
                out,
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                        .formatted(bytes.length));
        out.write(bytes);
    }
}
