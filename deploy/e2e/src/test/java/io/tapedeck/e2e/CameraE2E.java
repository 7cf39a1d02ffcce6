package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.checker.Segment;
import io.tapedeck.e2e.TapedeckClient.Answer;
import io.tapedeck.e2e.camera.ClockReader;
import io.tapedeck.e2e.camera.SlidingPlaylist;
import io.tapedeck.e2e.camera.SlidingWatch;
import io.tapedeck.e2e.camera.TestCamera;
import io.tapedeck.e2e.camera.TestStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A camera with a clock in its picture is watched for some minutes, with a history of one minute:
/// how far behind it one is, whether each playlist is legal, whether the disk stays as full as it
/// is. Meanwhile the process that pulls it is killed twice, and a part is saved for good.
class CameraE2E {

    private static final Duration HISTORY = Duration.ofSeconds(60);

    /// From here on as much is removed as is added: what was taken out of the playlists stays for
    /// another history, and each part has a margin of some seconds.
    private static final Duration STEADY = HISTORY.multipliedBy(2).plusSeconds(25);

    private static final Duration WATCHED =
            Boolean.getBoolean("tapedeck.long") ? Duration.ofMinutes(10) : Duration.ofSeconds(30);

    /// With what caches and clocks are granted in earnest it would take minutes longer.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "TAPEDECK_CAMERAS_ALLOW", "127.0.0.1/32",
                    "TAPEDECK_INGEST_HISTORY_MARGIN", "5s",
                    "TAPEDECK_INGEST_HISTORY_EVERY", "2s",
                    "TAPEDECK_WORKER_HISTORY_MARGIN", "5s");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// There is one instance here, which has to start again first, on a busy machine. That another
    /// one takes over within fifteen seconds is shown where there are two.
    private static final Duration TAKEN_OVER = Duration.ofSeconds(60);

    /// Players begin three segments of a second before the end of the list.
    private static final Duration HOLD_BACK = Duration.ofSeconds(3);

    private static final Duration MOST_BEHIND = Duration.ofSeconds(5);
    private static final int LATENCIES = 25;

    private static TapedeckInstance instance;
    private static TapedeckClient client;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws IOException {
        Path target = Files.createDirectories(Path.of("target"));
        Path data = Files.createTempDirectory(target, "camera").toAbsolutePath();
        instance = TapedeckInstance.start(Running.REPOSITORY, data, 2, SETTINGS);
        client = new TapedeckClient(instance.url());
    }

    @AfterAll
    static void stop() {
        client.close();
        instance.close();
    }

    @Test
    void aCameraIsWatchedForMinutes() throws Exception {
        try (var camera = TestCamera.start()) {
            JsonNode added = add("Door", camera.url());
            String session = added.path("sessionId").asText();
            try (var watch = SlidingWatch.start(client, session, "360p")) {
                await().atMost(PATIENCE).until(() -> watch.newest().isPresent());
                assertThat(camera(added).path("state").asText()).isEqualTo("online");
                assertThat(age("Motion JPEG", watch).plus(HOLD_BACK)).isLessThan(MOST_BEHIND);
                killPuller(camera, watch);
                // What is missing of that time is not there to be removed.
                awaitUntil(Instant.now().plus(STEADY));
                assertDiskStaysFlat(Instant.now().plus(WATCHED));
                assertSlid(watch);
                assertSaved(save(added));
                killPuller(camera, watch);
                assertThat(watch.problems()).isEmpty();
                assertThat(watch.lastLooks()).isPositive();
                System.out.printf("the playlist was read %d times%n", watch.polls());
            }
            assertThat(camera.mostViewers()).as("pullers at one time").isEqualTo(1);
            remove(added, session);
            await().atMost(PATIENCE).until(() -> camera.viewers() == 0);
        }
    }

    /// What it shows is what it sends; nothing is encoded for that.
    @Test
    void whatACameraHasEncodedIsShownAsItIs() throws Exception {
        try (var camera = TestStream.start(folder)) {
            JsonNode direct = add("Yard", camera.transportStreamUrl());
            JsonNode listed = add("Gate", camera.playlistUrl());
            try (var one = watchSource(direct);
                    var other = watchSource(listed)) {
                await().atMost(PATIENCE).until(() -> one.newest().isPresent());
                await().atMost(PATIENCE).until(() -> other.newest().isPresent());
                assertThat(age("MPEG-TS", one).plus(HOLD_BACK)).isLessThan(MOST_BEHIND);
                // The camera itself is a segment behind, which it says only when it is whole.
                assertThat(age("HLS", other)).isLessThan(MOST_BEHIND);
                assertThat(one.problems()).isEmpty();
                assertThat(other.problems()).isEmpty();
            }
            delete(direct);
            delete(listed);
        }
    }

    private static SlidingWatch watchSource(JsonNode camera) {
        return SlidingWatch.start(client, camera.path("sessionId").asText(), "source");
    }

    private static JsonNode add(String name, URI url) {
        Answer answer =
                client.post(
                        "/api/v1/cameras",
                        Map.of(
                                "name",
                                name,
                                "url",
                                url.toString(),
                                "segmentSeconds",
                                1,
                                "historySeconds",
                                HISTORY.toSeconds()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static JsonNode camera(JsonNode added) {
        return client.get("/api/v1/cameras/" + added.path("id").asText()).json();
    }

    /// Looks at the newest picture of each new segment when it is listed.
    ///
    /// @return how old nine of ten are at most
    private static Duration age(String kind, SlidingWatch watch) throws IOException {
        List<Long> ages = new ArrayList<>();
        var last = watch.newest().orElseThrow();
        while (ages.size() < LATENCIES) {
            long number = last.entry().number();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> watch.newest().orElseThrow().entry().number() > number);
            last = watch.newest().orElseThrow();
            List<Instant> times = ClockReader.read(client.get(last.uri().toString()).body());
            ages.add(Duration.between(times.getLast(), last.seenAt()).toMillis());
        }
        Collections.sort(ages);
        System.out.printf(
                "%s: the newest picture that is listed is %d ms old in the middle, %d ms at most%n",
                kind, ages.get(ages.size() / 2), ages.getLast());
        return Duration.ofMillis(ages.get(ages.size() * 9 / 10));
    }

    private static void killPuller(TestCamera camera, SlidingWatch watch) {
        Instant killed = Instant.now();
        int viewers = camera.totalViewers();
        assertThat(instance.parts("ingest-service")).allMatch(instance::kill);
        await().atMost(TAKEN_OVER).until(() -> camera.totalViewers() > viewers);
        System.out.printf(
                "pulled again %d ms after the kill%n",
                Duration.between(killed, Instant.now()).toMillis());
        long before = discontinuities(watch);
        await().atMost(PATIENCE).until(() -> discontinuities(watch) > before);
    }

    private static long discontinuities(SlidingWatch watch) {
        return watch.newest().orElseThrow().entry().discontinuities();
    }

    private static String save(JsonNode camera) {
        Answer answer =
                client.post(
                        "/api/v1/cameras/%s/recordings".formatted(camera.path("id").asText()),
                        Map.of("minutes", 1, "title", "What happened"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    /// As much comes as goes: nothing else may have changed by then.
    private static void assertDiskStaysFlat(Instant until) throws IOException {
        long first = objectBytes();
        long most = first;
        while (Instant.now().isBefore(until)) {
            awaitUntil(Instant.now().plusSeconds(5));
            most = Math.max(most, objectBytes());
        }
        System.out.printf("objects: %d KiB, then %d KiB at most%n", first >> 10, most >> 10);
        assertThat((double) most / first).as("growth of the disk").isLessThan(1.15);
    }

    private static long objectBytes() throws IOException {
        var count = new ByteCount();
        Files.walkFileTree(instance.data().resolve("objects"), count);
        assertThat(count.bytes).isPositive();
        return count.bytes;
    }

    /// Files and folders come and go while they are counted.
    private static final class ByteCount extends SimpleFileVisitor<Path> {

        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }

    private static void assertSlid(SlidingWatch watch) {
        SlidingPlaylist playlist = watch.playlist().orElseThrow();
        assertThat(playlist.mediaSequence()).isGreaterThan(30);
        assertThat(playlist.seconds())
                .isBetween(HISTORY.toSeconds() - 5.0, HISTORY.toSeconds() + 5.0);
        assertThat(playlist.targetSeconds()).isEqualTo(1);
    }

    private void assertSaved(String saved) throws IOException {
        var viewer = new Viewer(client, saved);
        viewer.await("ready", PATIENCE);
        List<Instant> times = new ArrayList<>();
        for (Segment segment : viewer.segments(folder)) {
            times.addAll(ClockReader.read(Files.readAllBytes(segment.file())));
        }
        assertThat(times).isSorted();
        assertThat(Duration.between(times.getFirst(), times.getLast()))
                .isBetween(Duration.ofSeconds(57), Duration.ofSeconds(62));
        Path mp4 = viewer.mp4(folder.resolve("saved.mp4"), PATIENCE);
        assertThat(ClockReader.read(Files.readAllBytes(mp4))).hasSameSizeAs(times);
    }

    /// What its history holds stays as a recording.
    private static void remove(JsonNode camera, String session) {
        // It pulls a moment before its door is known to be open again.
        await().atMost(PATIENCE).until(() -> client.isUp("ingest-service"));
        delete(camera);
        var viewer = new Viewer(client, session);
        viewer.await("ready", PATIENCE);
        assertThat(viewer.playlist().orElseThrow().ended()).isTrue();
        assertThat(viewer.seconds()).isPositive();
    }

    private static void delete(JsonNode camera) {
        String path = "/api/v1/cameras/" + camera.path("id").asText();
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
    }

    private static void awaitUntil(Instant time) {
        Pace.every(Duration.between(Instant.now(), time)).await();
    }
}
