package io.tapedeck.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.e2e.CpuClock;
import io.tapedeck.e2e.EndlessRecording;
import io.tapedeck.e2e.Pace;
import io.tapedeck.e2e.Recording;
import io.tapedeck.e2e.TapedeckClient;
import io.tapedeck.e2e.TapedeckClient.Answer;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import io.tapedeck.e2e.TapedeckInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/// A Tapedeck of its own for one benchmark, with data of its own, and what benchmarks do with one.
final class Lab implements AutoCloseable {

    /// A multiple of every packet duration of Opus, a little shorter than the corpus' recordings.
    static final Duration PERIOD = Duration.ofMillis(19_200);

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final double LEAST_SHARE = 0.0005;

    /// Rare, because asking costs what some benchmarks measure.
    private static final Duration POLL = Duration.ofSeconds(1);

    private final TapedeckInstance instance;
    private final TapedeckClient client;

    private Lab(TapedeckInstance instance) {
        this.instance = instance;
        this.client = new TapedeckClient(instance.url());
    }

    static Lab start(int workers) throws IOException {
        Path data = Files.createTempDirectory("tapedeck-benchmark");
        return new Lab(TapedeckInstance.start(ROOT, data, workers));
    }

    static Recording recording(String name) {
        return Recording.read(ROOT.resolve("deploy/corpus").resolve(name));
    }

    static EndlessRecording endless(String name) {
        return EndlessRecording.of(recording(name), PERIOD);
    }

    TapedeckInstance instance() {
        return instance;
    }

    TapedeckClient client() {
        return client;
    }

    /// What each process has used so far, and apart from it what it started.
    SequencedMap<String, Duration> cpuByPart() {
        SequencedMap<String, Duration> cpu = new LinkedHashMap<>();
        for (var part : instance.parts("")) {
            Duration own = CpuClock.own(part.pid());
            cpu.put(part.name(), own);
            cpu.put(part.name() + "'s programs", CpuClock.withDescendants(part.pid()).minus(own));
        }
        return cpu;
    }

    /// Where CPU time went since `before`: each process' share in seconds per `unit`.
    String shares(SequencedMap<String, Duration> before, double units) {
        return cpuByPart().entrySet().stream()
                .map(part ->
                        Map.entry(
                                part.getKey(),
                                seconds(
                                                part.getValue()
                                                        .minus(
                                                                before.getOrDefault(
                                                                        part.getKey(),
                                                                        Duration.ZERO)))
                                        / units))
                .filter(part -> part.getValue() >= LEAST_SHARE)
                .map(part -> String.format(Locale.ROOT, "%s %.3f", part.getKey(), part.getValue()))
                .collect(Collectors.joining(", "));
    }

    OpenSession open(EndlessRecording recording) {
        return client.open("benchmark", recording.mimeType());
    }

    /// Sends chunks `from` to `to`, the latter not included.
    ///
    /// @param all how many chunks the recording will have
    void send(OpenSession session, EndlessRecording recording, int from, int to, int all) {
        send(session, recording, from, to, all, Duration.ZERO);
    }

    /// The same at a pace.
    void send(
            OpenSession session,
            EndlessRecording recording,
            int from,
            int to,
            int all,
            Duration pace) {
        Pace clock = Pace.every(pace);
        for (int i = from; i < to; i++) {
            clock.await();
            require(client.putChunk(session, i, 0, recording.chunk(i, i == all - 1)), 201);
        }
    }

    void complete(OpenSession session, int chunks) {
        require(client.complete(session, chunks), 202);
    }

    /// Sends a recording as a file would come, and completes it.
    OpenSession upload(EndlessRecording recording, int repetitions) {
        OpenSession session = open(recording);
        int chunks = recording.chunks(repetitions);
        send(session, recording, 0, chunks, chunks);
        complete(session, chunks);
        return session;
    }

    void awaitReady(OpenSession session) {
        Awaitility.await("ready")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> view(session).path("state").asText().equals("ready"));
    }

    /// Waits until so much can be played.
    void awaitPlayable(OpenSession session, Duration media) {
        Awaitility.await("playable")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> view(session).path("durationMillis").asLong() >= media.toMillis());
    }

    JsonNode view(OpenSession session) {
        return client.session(session.id()).json();
    }

    /// What needs compiling is compiled afterwards.
    void warmUp(EndlessRecording recording) {
        List<OpenSession> sessions = List.of(upload(recording, 4), upload(recording, 4));
        sessions.forEach(this::awaitReady);
    }

    static void require(Answer answer, int status) {
        if (answer.status() != status) {
            throw new IllegalStateException("not " + status + ": " + answer);
        }
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void close() {
        client.close();
        instance.close();
    }
}
