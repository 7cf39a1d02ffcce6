package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.checker.Playlist;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// One recorder run of three hours, sent as fast as it is rendered: the worker's memory and the
/// services' cost per chunk are as flat in the last half hour as in the first, and the MP4 has
/// every frame.
///
/// `-Dtapedeck.long.minutes=…` asks for another length than 180 minutes.
@EnabledIfSystemProperty(
        named = "tapedeck.long",
        matches = "true",
        disabledReason = "takes minutes: ./verify --long")
class ThreeHoursE2E {

    private static final Duration PERIOD = Duration.ofMillis(19_200);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int STAGES = 6;

    /// How far the upload may be ahead of the rendering.
    private static final double AHEAD_SECONDS = 60;

    private static final double COST_MAY_GROW = 1.25;
    private static final double MEMORY_MAY_GROW = 1.25;
    private static final long MEMORY_MAY_GROW_BYTES = 64L << 20;

    @TempDir Path folder;

    /// What one sixth of the recording took.
    ///
    /// @param cpuMillisPerChunk of the services, broker, database and store; ffmpeg not counted
    /// @param workerBytes most that a worker had in memory
    private record Stage(double cpuMillisPerChunk, long workerBytes) {}

    @Test
    void threeHoursAreFlatAndWhole() throws Exception {
        var recording =
                EndlessRecording.of(
                        Recording.read(Running.CORPUS.resolve("chr-webm-vp8-480-t1000")), PERIOD);
        int repetitions =
                recording.repetitions(
                        Duration.ofMinutes(Integer.getInteger("tapedeck.long.minutes", 180)));
        Path data =
                Files.createTempDirectory(Files.createDirectories(Path.of("target")), "long")
                        .toAbsolutePath();
        try (var instance = TapedeckInstance.start(Running.REPOSITORY, data, 1);
                var client = new TapedeckClient(instance.url())) {
            OpenSession session = client.open("three hours", recording.mimeType());
            List<Stage> stages = send(instance, client, session, recording, repetitions);
            stages.forEach(System.out::println);
            assertFlat(stages);
            assertThat(client.complete(session, recording.chunks(repetitions)).status())
                    .isEqualTo(202);
            assertWhole(client, session, recording, repetitions);
        }
    }

    private static List<Stage> send(
            TapedeckInstance instance,
            TapedeckClient client,
            OpenSession session,
            EndlessRecording recording,
            int repetitions) {
        Viewer viewer = new Viewer(client, session.id());
        int chunks = recording.chunks(repetitions);
        List<Stage> stages = new ArrayList<>();
        int index = 0;
        for (int stage = 1; stage <= STAGES; stage++) {
            Duration before = servicesCpu(instance);
            int first = index;
            long workerBytes = 0;
            for (; index < (long) chunks * stage / STAGES; index++) {
                byte[] bytes = recording.chunk(index, index == chunks - 1);
                assertThat(client.putChunk(session, index, 0, bytes).status()).isEqualTo(201);
                if (index % recording.chunks(1) == 0) {
                    awaitRendered(viewer, recording, index);
                    workerBytes = Math.max(workerBytes, workerBytes(instance));
                }
            }
            awaitRendered(viewer, recording, index);
            Duration used = servicesCpu(instance).minus(before);
            stages.add(new Stage((double) used.toMillis() / (index - first), workerBytes));
        }
        return stages;
    }

    private static void awaitRendered(Viewer viewer, EndlessRecording recording, int index) {
        double sent = recording.length(index / recording.chunks(1)).toMillis() / 1000.0;
        Awaitility.await("rendered what was sent")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> viewer.seconds() >= sent - AHEAD_SECONDS);
    }

    private static void assertFlat(List<Stage> stages) {
        // The first one is left out: there the services compile what they run.
        Stage early = stages.get(1);
        Stage late = stages.getLast();
        assertThat(late.cpuMillisPerChunk())
                .as("CPU per chunk")
                .isLessThan(early.cpuMillisPerChunk() * COST_MAY_GROW);
        assertThat((double) late.workerBytes())
                .as("memory of the worker")
                .isLessThan(early.workerBytes() * MEMORY_MAY_GROW + MEMORY_MAY_GROW_BYTES);
    }

    private void assertWhole(
            TapedeckClient client, OpenSession session, EndlessRecording recording, int repetitions)
            throws IOException {
        double seconds = recording.length(repetitions).toMillis() / 1000.0;
        Viewer viewer = new Viewer(client, session.id());
        viewer.await("ready", PATIENCE);
        assertThat(client.session(session.id()).json().path("gaps")).isEmpty();
        for (Playlist playlist : viewer.renditions().values()) {
            assertThat(playlist.ended()).isTrue();
            assertThat(playlist.entries().stream().mapToDouble(Playlist.Entry::seconds).sum())
                    .isCloseTo(seconds, within(0.2));
            assertThat(playlist.entries()).noneMatch(Playlist.Entry::gap);
        }
        Path mp4 = viewer.mp4(folder.resolve("it.mp4"), PATIENCE);
        assertThat(probe(mp4, "format=duration")).isCloseTo(seconds, within(0.2));
        double packetsOfSound = probe(mp4, "stream=nb_read_packets", "a:0");
        assertThat(packetsOfSound * 1024 / 48_000).isCloseTo(seconds, within(0.2));
        double pictures = probe(mp4, "stream=nb_read_packets", "v:0");
        int once = picturesOnce(recording);
        assertThat(pictures).isEqualTo((double) once * repetitions);
    }

    private int picturesOnce(EndlessRecording recording) throws IOException {
        Path once = folder.resolve("once.webm");
        try (var out = Files.newOutputStream(once)) {
            for (int i = 0; i < recording.chunks(1); i++) {
                out.write(recording.chunk(i, i == recording.chunks(1) - 1));
            }
        }
        return (int) probe(once, "stream=nb_read_packets", "v:0");
    }

    private static double probe(Path file, String entry, String... stream) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error", "-of", "csv=p=0"));
        if (stream.length > 0) {
            command.addAll(List.of("-count_packets", "-select_streams", stream[0]));
        }
        command.addAll(List.of("-show_entries", entry, file.toString()));
        Process ffprobe =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] answer = ffprobe.getInputStream().readAllBytes();
        return Double.parseDouble(new String(answer, StandardCharsets.UTF_8).strip());
    }

    private static Duration servicesCpu(TapedeckInstance instance) {
        return instance.parts("").stream()
                .map(part ->
                        part.name().equals("postgres")
                                ? CpuClock.withDescendants(part.pid())
                                : CpuClock.own(part.pid()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static long workerBytes(TapedeckInstance instance) {
        return instance.parts("transcode-worker").stream()
                .map(part -> CpuClock.residentBytes(part.pid()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
