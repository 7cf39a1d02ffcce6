package io.tapedeck.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.contract.ExportFormat;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files that senders of frames expect, from logs that another program wrote.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class LogFilesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject Ingest ingest;
    @Inject World world;
    @Inject ObjectStore objects;

    @TempDir Path folder;

    private final String session = UUID.randomUUID().toString();

    @Test
    void everyPictureAndEverySampleIsInItsFileOnceWhateverTheOrderOfFacts() throws Exception {
        byte[] pcm = new byte[2 * 44_100 * 4];
        new Random(4).nextBytes(pcm);
        // Another size in the second run, and sides that are odd.
        byte[] first = run("321x241", 60, pcm);
        byte[] second = run("160x120", 30, Arrays.copyOf(pcm, 2 * 88_200));
        List<byte[]> chunks = new ArrayList<>(pieces(first));
        int runs = chunks.size();
        chunks.addAll(pieces(second));

        List<SessionEvent> facts = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            facts.add(ingest.store(session, i, i < runs ? 0 : 1, chunks.get(i)));
        }
        facts.add(completed(chunks.size(), true, true));
        facts.addAll(List.copyOf(facts));
        Collections.shuffle(facts, new Random(5));
        ingest.say(
                new SessionEvent.Opened(
                        session, 1, Instant.now(), "cam", "video/x-matroska", true));
        ingest.say(facts);

        JsonNode video = probe(result(ExportFormat.FRAMES_MP4)).path("streams").path(0);
        assertThat(video.path("nb_read_frames").asInt()).isEqualTo(90);
        assertThat(video.path("codec_name").asText()).isEqualTo("h264");
        assertThat(video.path("pix_fmt").asText()).isEqualTo("yuv420p");
        assertThat(video.path("avg_frame_rate").asText()).isEqualTo("15/1");
        assertThat(video.path("width").asInt()).isEqualTo(322);
        assertThat(video.path("height").asInt()).isEqualTo(242);
        assertThat(video.path("duration").asDouble()).isBetween(5.99, 6.01);

        try (var in =
                AudioSystem.getAudioInputStream(
                        new ByteArrayInputStream(result(ExportFormat.WAV)))) {
            assertThat(in.getFormat().getSampleRate()).isEqualTo(44_100);
            var sent = new ByteArrayOutputStream();
            sent.writeBytes(sound(first));
            sent.writeBytes(sound(second));
            assertThat(in.readAllBytes()).isEqualTo(sent.toByteArray());
        }
        assertThat(
                        world.events(session, TaskChanged.class).stream()
                                .filter(task -> ExportFormat.isOfLog(task.format()))
                                .filter(task -> task.state() == TaskState.QUEUED))
                .hasSize(2);
    }

    @Test
    void whatIsNotThereIsNotMade() throws Exception {
        List<byte[]> chunks = pieces(run("64x48", 15, new byte[0]));
        ingest.say(
                new SessionEvent.Opened(
                        session, 1, Instant.now(), "cam", "video/x-matroska", true));
        for (int i = 0; i < chunks.size(); i++) {
            ingest.say(ingest.store(session, i, 0, chunks.get(i)));
        }
        ingest.say(completed(chunks.size(), true, false));
        result(ExportFormat.FRAMES_MP4);
        assertThat(world.events(session, TaskChanged.class))
                .extracting(TaskChanged::format)
                .doesNotContain(ExportFormat.WAV);
    }

    private SessionEvent completed(long count, boolean pictures, boolean sound) {
        return new SessionEvent.Completed(
                session,
                count + 2,
                Instant.now(),
                count,
                List.of(),
                new SessionEvent.Files("cam_1", pictures, sound));
    }

    private byte[] result(String format) throws IOException {
        String taskId = ExportTaskId.of(session, format, 1);
        // Such files stand back behind everything that somebody watches.
        await(format).atMost(Duration.ofMinutes(3)).until(() -> done(taskId).isPresent());
        TaskChanged done = done(taskId).orElseThrow();
        assertThat(done.state()).as(String.valueOf(done.error())).isEqualTo(TaskState.SUCCEEDED);
        String key = Objects.requireNonNull(done.resultKey());
        assertThat(key).endsWith("." + ExportFormat.extension(format));
        try (InputStream in = objects.open(key, 0, done.resultBytes())) {
            return in.readAllBytes();
        }
    }

    private Optional<TaskChanged> done(String taskId) {
        return world.events(session, TaskChanged.class).stream()
                .filter(task -> task.taskId().equals(taskId) && task.state().isFinal())
                .findFirst();
    }

    private static List<byte[]> pieces(byte[] run) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < run.length; from += 100_000) {
            pieces.add(Arrays.copyOfRange(run, from, Math.min(run.length, from + 100_000)));
        }
        return pieces;
    }

    /// What another program finds in it: the one that wrote it left out the end.
    private byte[] sound(byte[] run) throws Exception {
        Path from = Files.write(folder.resolve("run.mkv"), run);
        Path to = folder.resolve("run.pcm");
        List<String> command =
                List.of(
                        "ffmpeg", "-v", "error", "-y", "-i", "" + from, "-map", "0:a", "-c", "copy",
                        "-f", "s16le", "" + to);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        byte[] sound = Files.readAllBytes(to);
        assertThat(sound).hasSizeGreaterThan(100_000);
        return sound;
    }

    private byte[] run(String size, int pictures, byte[] pcm) throws Exception {
        Path sound = Files.write(folder.resolve("sound"), pcm);
        Path made = folder.resolve("made.mkv");
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
        command.addAll(List.of("-f", "lavfi", "-i", "testsrc=rate=15:size=" + size));
        if (pcm.length > 0) {
            command.addAll(List.of("-f", "s16le", "-ar", "44100", "-ac", "1", "-i", "" + sound));
            command.addAll(List.of("-c:a", "copy"));
        }
        command.addAll(List.of("-frames:v", "" + pictures, "-c:v", "mjpeg", "" + made));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return Files.readAllBytes(made);
    }

    private JsonNode probe(byte[] file) throws Exception {
        Path path = Files.write(folder.resolve("probed"), file);
        Process ffprobe =
                new ProcessBuilder(
                                "ffprobe",
                                "-v",
                                "error",
                                "-count_frames",
                                "-show_streams",
                                "-of",
                                "json",
                                path.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        JsonNode found = JSON.readTree(new String(ffprobe.getInputStream().readAllBytes(), UTF_8));
        assertThat(ffprobe.waitFor()).isZero();
        return found;
    }
}
