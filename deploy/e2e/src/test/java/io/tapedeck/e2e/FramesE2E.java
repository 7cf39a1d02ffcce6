package io.tapedeck.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Frames over a WebSocket become files and a session that plays, whatever happens to those who
/// send and to the server.
@ExtendWith(Running.class)
class FramesE2E {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int CONNECTIONS = 20;
    private static final int PICTURES = 90;

    /// What was not stored yet when the server was killed: less than two seconds.
    private static final int AT_MOST_LOST = 30;

    /// What a client that is cut off may not have sent yet.
    private static final int AT_MOST_KEPT = 1;

    private static TapedeckClient client;

    @TempDir Path folder;

    @BeforeAll
    static void opens() {
        client = new TapedeckClient(Running.url());
    }

    @AfterAll
    static void closes() {
        client.close();
    }

    @Test
    void twentyAtOnceHalfOfThemCutOff() throws Exception {
        String prefix = "cam-" + UUID.randomUUID().toString().substring(0, 8);
        List<Future<FramesSender>> senders = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                senders.add(threads.submit(sender(prefix + "-" + i, i % 2 == 1)));
            }
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            FramesSender sender = senders.get(i).get();
            assertThat(sender.heard()).isEmpty();
            boolean cut = i % 2 == 1;
            check(prefix + "-" + i, sender, cut ? AT_MOST_KEPT : 0);
        }
        assertThat(listed("video").stream().filter(name -> name.startsWith(prefix)))
                .hasSize(CONNECTIONS);
        assertThat(listed("audio").stream().filter(name -> name.startsWith(prefix)))
                .hasSize(CONNECTIONS);
        await("temp space is empty").atMost(PATIENCE).until(() -> temporaryFiles().isEmpty());
    }

    @Test
    void aKilledServerLosesNothingThatWasStored() throws Exception {
        String id = "killed-" + UUID.randomUUID().toString().substring(0, 8);
        FramesSender sender = new FramesSender(door("/"), id);
        sender.send(75);
        Running.instance().kill(Running.instance().parts("ingest-service").getFirst());
        check(id, sender, AT_MOST_LOST);
        await().atMost(PATIENCE).until(() -> client.isUp("ingest-service"));
    }

    @Test
    void playsWhileItComes() throws Exception {
        String id = "live-" + UUID.randomUUID().toString().substring(0, 8);
        FramesSender sender = new FramesSender(door("/api/v1/frames"), id);
        long begunNanos = System.nanoTime();
        sender.send(30);
        Viewer viewer = new Viewer(client, session(id).path("id").asText());
        for (int i = 0; i < 60 && viewer.listed() < 2; i++) {
            sender.send(15);
        }
        assertThat(viewer.listed()).isGreaterThanOrEqualTo(2);
        assertThat(viewer.state()).isEqualTo("recording");
        double sent = (System.nanoTime() - begunNanos) / 1e9;
        assertThat(sender.close()).isEqualTo(1000);

        viewer.await("ready", PATIENCE);
        // It took as long as it took; between its parts nothing was sent.
        assertThat(viewer.seconds()).isBetween(sender.pictures() / 15.0 - 0.5, sent + 0.7);
        Path segment = viewer.segments(folder.resolve("segments")).getFirst().file();
        JsonNode streams = probe(segment).path("streams");
        assertThat(streams.findValuesAsText("codec_type")).contains("video", "audio");
        check(id, sender, 0);
    }

    private static Callable<FramesSender> sender(String id, boolean cut) {
        return () -> {
            FramesSender sender = new FramesSender(door("/"), id);
            sender.send(PICTURES);
            if (cut) {
                sender.vanish();
            } else {
                assertThat(sender.close()).isEqualTo(1000);
            }
            return sender;
        };
    }

    /// Finds the files of a client, and finds in them what it sent.
    private void check(String id, FramesSender sender, int mostLost) throws Exception {
        Path mp4 = file("video", id);
        JsonNode video = probe(mp4).path("streams").path(0);
        int frames = video.path("nb_read_frames").asInt();
        assertThat(frames).as(id).isBetween(sender.pictures() - mostLost, sender.pictures());
        assertThat(video.path("codec_name").asText()).isEqualTo("h264");
        assertThat(video.path("pix_fmt").asText()).isEqualTo("yuv420p");
        assertThat(video.path("r_frame_rate").asText()).isEqualTo("15/1");
        assertThat(video.path("avg_frame_rate").asText()).isEqualTo("15/1");
        assertThat(video.path("width").asInt()).isEqualTo(320);
        assertThat(video.path("height").asInt()).isEqualTo(240);
        assertThat(video.path("duration").asDouble())
                .isBetween(frames / 15.0 - 0.01, frames / 15.0 + 0.01);
        byte[] head = Arrays.copyOf(Files.readAllBytes(mp4), 1 << 16);
        String text = new String(head, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text.indexOf("moov")).as("index in front").isPositive();

        byte[] wav = Files.readAllBytes(file("audio", id));
        try (var in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
            assertThat(in.getFormat().getSampleRate()).isEqualTo(44_100);
            assertThat(in.getFormat().getChannels()).isEqualTo(1);
            assertThat(in.getFormat().getSampleSizeInBits()).isEqualTo(16);
            byte[] heard = in.readAllBytes();
            byte[] sent = sender.sound();
            assertThat(heard.length)
                    .as(id)
                    .isBetween(sent.length - mostLost * 2 * 44_100 / 15, sent.length);
            assertThat(heard).isEqualTo(Arrays.copyOf(sent, heard.length));
        }
    }

    private Path file(String kind, String id) {
        await(kind + " of " + id)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> listed(kind).stream().anyMatch(name -> name.startsWith(id + "_")));
        String name =
                listed(kind).stream()
                        .filter(one -> one.startsWith(id + "_"))
                        .findFirst()
                        .orElseThrow();
        Path file = folder.resolve(name);
        assertThat(client.download("/recordings/" + name, file)).isEqualTo(200);
        return file;
    }

    private static List<String> listed(String kind) {
        JsonNode names = client.get("/recordings").json().path(kind);
        return names.valueStream().map(JsonNode::asText).toList();
    }

    private static JsonNode session(String id) {
        await().atMost(PATIENCE).until(() -> !sessions(id).isEmpty());
        return sessions(id).get(0);
    }

    private static JsonNode sessions(String id) {
        return client.get("/api/v1/sessions?q=" + id).json().path("sessions");
    }

    private static JsonNode probe(Path file) throws IOException, InterruptedException {
        Process ffprobe =
                new ProcessBuilder(
                                "ffprobe",
                                "-v",
                                "error",
                                "-count_frames",
                                "-show_streams",
                                "-of",
                                "json",
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        JsonNode found = JSON.readTree(new String(ffprobe.getInputStream().readAllBytes(), UTF_8));
        assertThat(ffprobe.waitFor()).isZero();
        return found;
    }

    private static List<Path> temporaryFiles() throws IOException {
        List<Path> found = new ArrayList<>();
        Path shared = Path.of(System.getProperty("java.io.tmpdir"), "tapedeck-worker");
        for (var worker : Running.instance().parts("transcode-worker")) {
            Path own = shared.resolve(Long.toString(worker.pid()));
            if (Files.exists(own)) {
                try (Stream<Path> files = Files.walk(own)) {
                    files.filter(Files::isRegularFile).forEach(found::add);
                }
            }
        }
        return found;
    }

    private static URI door(String path) {
        URI url = Running.url();
        return URI.create("ws://" + url.getAuthority() + path);
    }
}
