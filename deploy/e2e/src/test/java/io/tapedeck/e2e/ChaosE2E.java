package io.tapedeck.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.checker.Playlist;
import io.tapedeck.e2e.TapedeckClient.Answer;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// While a dozen people record over a bad network, workers, services, broker, database and store
/// are killed (SIGKILL) at random. Nothing acknowledged is missing afterwards, no viewer saw
/// anything twice or otherwise, and the results equal the undisturbed ones.
///
/// The kills and the disorder of the uploads follow from a seed, which is printed. To repeat one:
/// `-Dtapedeck.chaos.seed=…`. `-Dtapedeck.chaos.kills=…` asks for another number than 20, or 100
/// with `-Dtapedeck.long=true`; they come in rounds of 20, each with a dozen new sessions.
class ChaosE2E {

    /// A chunk that a killed service keeps back for long would be passed over and repaired by
    /// another generation, which is as it should be, and not the same as undisturbed.
    private static final Map<String, String> PATIENT =
            Map.of("TAPEDECK_WORKER_HOLE_PATIENCE", "600s");

    private static final List<String> RECORDINGS =
            List.of(
                    "chr-webm-vp8-480-t250",
                    "chr-webm-vp8-480-t1000",
                    "chr-mkv-avc1-480-t1000",
                    "chr-mp4-avc3-opus-480-t1000",
                    "ff-webm-vp8-restart5s",
                    "chr-audio-webm-opus-t1000");
    private static final int KILLS_PER_ROUND = 20;
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(4);

    /// About as long as a round's kills take.
    private static final Duration UPLOAD = Duration.ofSeconds(40);

    private static final Duration LATEST_START = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private static TapedeckInstance instance;
    private static TapedeckClient client;

    @TempDir Path folder;

    /// A session in trouble.
    private record Victim(
            Recording recording,
            StubbornUpload upload,
            OpenSession session,
            PlaylistWatch watch,
            CompletableFuture<Void> sent) {}

    @BeforeAll
    static void start() throws IOException {
        Path target = Files.createDirectories(Path.of("target"));
        Path data = Files.createTempDirectory(target, "chaos").toAbsolutePath();
        instance = TapedeckInstance.start(Running.REPOSITORY, data, 2, PATIENT);
        client = new TapedeckClient(instance.url());
    }

    @AfterAll
    static void stop() {
        client.close();
        instance.close();
    }

    @Test
    void deathsChangeNothing() throws Exception {
        long seed = Long.getLong("tapedeck.chaos.seed", new Random().nextInt(1_000_000));
        int kills = Integer.getInteger("tapedeck.chaos.kills", isLong() ? 100 : KILLS_PER_ROUND);
        System.out.printf("chaos: -Dtapedeck.chaos.seed=%d, %d kills%n", seed, kills);
        Map<String, Map<String, Shape>> undisturbed = undisturbed();
        for (int round = 0; round * KILLS_PER_ROUND < kills; round++) {
            int count = Math.min(KILLS_PER_ROUND, kills - round * KILLS_PER_ROUND);
            round("round %d of seed %d".formatted(round, seed), seed + round, count, undisturbed);
        }
    }

    /// Shapes of all renditions, by recording.
    private Map<String, Map<String, Shape>> undisturbed() throws IOException {
        Map<String, OpenSession> sessions = new TreeMap<>();
        for (String name : RECORDINGS) {
            sessions.put(name, Uploads.IN_ORDER.send(client, recording(name)));
        }
        Map<String, Map<String, Shape>> shapes = new TreeMap<>();
        for (var session : sessions.entrySet()) {
            new Viewer(client, session.getValue().id()).await("ready", PATIENCE);
        }
        for (var session : sessions.entrySet()) {
            shapes.put(session.getKey(), shapes(session.getValue()));
            assertThat(shapes.get(session.getKey())).as(session.getKey()).isNotEmpty();
        }
        return shapes;
    }

    private void round(
            String name, long seed, int count, Map<String, Map<String, Shape>> undisturbed)
            throws Exception {
        Random random = new Random(seed);
        Kills kills = Kills.drawn(random, count, SHORTEST, LONGEST);
        System.out.printf("%s: %s%n", name, kills.counts());
        List<Victim> victims =
                Stream.concat(RECORDINGS.stream(), RECORDINGS.stream())
                        .map(recording ->
                                victim(recording(recording), new Random(random.nextLong())))
                        .toList();
        long startedAt = System.nanoTime();
        kills.run(instance, client);
        System.out.printf("%s: all killed after %d s%n", name, secondsSince(startedAt));
        for (Victim victim : victims) {
            victim.sent().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        System.out.printf("%s: all sent after %d s%n", name, secondsSince(startedAt));
        for (Victim victim : victims) {
            new Viewer(client, victim.session().id()).await("ready", PATIENCE);
        }
        System.out.printf("%s: all ready after %d s%n", name, secondsSince(startedAt));
        List<String> problems = new ArrayList<>();
        for (Victim victim : victims) {
            problems(victim, requireNonNull(undisturbed.get(victim.recording().name())))
                    .forEach(problem -> problems.add(title(victim) + ": " + problem));
        }
        assertThat(problems).as(name).isEmpty();
    }

    private static Victim victim(Recording recording, Random random) {
        Duration pace = UPLOAD.dividedBy(recording.chunks().size());
        var upload = new StubbornUpload(client, recording, random, pace);
        OpenSession session = upload.open(recording.name());
        Pace start = Pace.every(Duration.ofMillis(random.nextLong(LATEST_START.toMillis())));
        return new Victim(
                recording,
                upload,
                session,
                PlaylistWatch.start(client, session.id(), POLL),
                CompletableFuture.runAsync(
                        () -> {
                            start.await();
                            upload.send(session);
                        },
                        THREADS));
    }

    private List<String> problems(Victim victim, Map<String, Shape> undisturbed)
            throws IOException {
        List<String> problems = new ArrayList<>();
        var chunks = IntStream.range(0, victim.recording().chunks().size()).boxed().toList();
        if (!victim.upload().acknowledged().equals(new TreeSet<>(chunks))) {
            problems.add("acknowledged only " + victim.upload().acknowledged());
        }
        JsonNode log = client.received(victim.session()).json();
        if (!log.path("received").toString().equals("[[0,%d]]".formatted(chunks.size() - 1))) {
            problems.add("acknowledged chunks are missing, there are only " + log);
        }
        problems.addAll(sourceProblems(victim));
        JsonNode gaps = client.session(victim.session().id()).json().path("gaps");
        if (!gaps.isEmpty()) {
            problems.add("gaps " + gaps);
        }
        Map<String, Shape> shapes = shapes(victim.session());
        undisturbed.forEach((rendition, shape) -> {
            if (!shape.equals(shapes.get(rendition))) {
                problems.add(
                        "%s differs: %s"
                                .formatted(rendition, shape.difference(shapes.get(rendition))));
            }
        });
        victim.watch().close();
        problems.addAll(victim.watch().problems());
        if (victim.watch().polls() == 0) {
            problems.add("was never watched");
        }
        return problems;
    }

    /// The recording as it came must be byte for byte what was sent.
    private static List<String> sourceProblems(Victim victim) throws IOException {
        Recording recording = victim.recording();
        Map<Integer, ByteArrayOutputStream> runs = new TreeMap<>();
        for (int i = 0; i < recording.chunks().size(); i++) {
            runs.computeIfAbsent(recording.run(i), run -> new ByteArrayOutputStream())
                    .write(recording.bytes(i));
        }
        List<String> problems = new ArrayList<>();
        runs.forEach((run, bytes) -> {
            String path = "/media/%s/source?run=%d".formatted(victim.session().id(), run);
            Answer answer = client.get(path);
            int same = Arrays.mismatch(answer.body(), bytes.toByteArray());
            if (same >= 0) {
                problems.add(
                        "run %d (%d) has %d of %d bytes and differs at %d: %s"
                                .formatted(
                                        run,
                                        answer.status(),
                                        answer.body().length,
                                        bytes.size(),
                                        same,
                                        answer.headers().map()));
            }
        });
        return problems;
    }

    /// By rendition. All playlists have their end.
    private Map<String, Shape> shapes(OpenSession session) throws IOException {
        Viewer viewer = new Viewer(client, session.id());
        Awaitility.await("all playlists of %s are ended".formatted(session.id()))
                .atMost(PATIENCE)
                .until(() -> viewer.renditions().values().stream().allMatch(Playlist::ended));
        Map<String, Shape> shapes = new TreeMap<>();
        for (var rendition : viewer.renditions().entrySet()) {
            Path files = folder.resolve(session.id()).resolve(rendition.getKey());
            shapes.put(rendition.getKey(), Shape.of(viewer.segments(rendition.getValue(), files)));
        }
        return shapes;
    }

    private static Recording recording(String name) {
        return Recording.read(Running.CORPUS.resolve(name));
    }

    private static String title(Victim victim) {
        return victim.recording().name() + " " + victim.session().id();
    }

    private static boolean isLong() {
        return Boolean.getBoolean("tapedeck.long");
    }

    private static long secondsSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toSeconds();
    }
}
