package io.tapedeck.benchmarks;

import io.tapedeck.e2e.Pace;
import io.tapedeck.e2e.Recording;
import io.tapedeck.e2e.TapedeckClient;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import io.tapedeck.e2e.TapedeckInstance;
import io.tapedeck.e2e.Viewer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/// Time from the start of the PUT of the chunk that closes a window to that window's segment being
/// listed, at the pace of a real recording.
///
/// Arguments: sessions at once (1), rounds (6), address of a running Tapedeck (starts one if none).
public final class Latency {

    private static final String RECORDING = "chr-webm-vp8-720-t1000-kf2000";
    private static final double WINDOW_SECONDS = 2;
    private static final Duration CHUNK = Duration.ofSeconds(1);
    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private final Recording recording;
    private final List<Integer> closing;
    private final URI url;

    private Latency(Recording recording, URI url) throws IOException {
        this.recording = recording;
        this.closing = ClosingChunks.of(recording, WINDOW_SECONDS);
        this.url = url;
    }

    public static void main(String[] args) throws IOException {
        int sessions = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 6;
        Path root = Path.of("").toAbsolutePath();
        Recording recording = Recording.read(root.resolve("deploy/corpus").resolve(RECORDING));
        if (args.length > 2) {
            new Latency(recording, URI.create(args[2])).run(sessions, rounds);
            return;
        }
        Path data = Files.createTempDirectory("tapedeck-latency");
        try (var instance = TapedeckInstance.start(root, data, 1)) {
            new Latency(recording, instance.url()).run(sessions, rounds);
        }
    }

    private void run(int sessions, int rounds) {
        List<Long> millis = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<CompletableFuture<List<Long>>> running = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                running.add(CompletableFuture.supplyAsync(this::session, THREADS));
            }
            running.forEach(session -> millis.addAll(session.join()));
        }
        millis.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%s, %d session(s), %d windows: last PUT to listed p50 %d ms, p95 %d ms,"
                        + " max %d ms%n",
                recording.name(),
                sessions,
                millis.size(),
                percentile(millis, 50),
                percentile(millis, 95),
                millis.getLast());
    }

    private List<Long> session() {
        try (var client = new TapedeckClient(url)) {
            OpenSession session = client.open("latency", recording.mimeType());
            AtomicLongArray putAt = new AtomicLongArray(recording.chunks().size());
            CompletableFuture<List<Long>> listedAt =
                    CompletableFuture.supplyAsync(() -> watch(client, session), THREADS);
            Pace pace = Pace.every(CHUNK);
            for (int i = 0; i < recording.chunks().size(); i++) {
                pace.await();
                putAt.set(i, System.nanoTime());
                client.putChunk(session, i, 0, recording.bytes(i));
            }
            List<Long> listed = listedAt.join();
            client.complete(session, recording.chunks().size());
            List<Long> millis = new ArrayList<>();
            for (int window = 0; window < closing.size(); window++) {
                long nanos = listed.get(window) - putAt.get(closing.get(window));
                millis.add(Duration.ofNanos(nanos).toMillis());
            }
            return millis;
        }
    }

    /// When each window was first seen in the playlist.
    private List<Long> watch(TapedeckClient client, OpenSession session) {
        Viewer viewer = new Viewer(client, session.id());
        List<Long> listedAt = new ArrayList<>();
        while (listedAt.size() < closing.size()) {
            int listed = viewer.listed();
            while (listedAt.size() < listed) {
                listedAt.add(System.nanoTime());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return listedAt;
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }
}
