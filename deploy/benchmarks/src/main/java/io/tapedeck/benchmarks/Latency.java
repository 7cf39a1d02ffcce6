package io.tapedeck.benchmarks;

import io.tapedeck.e2e.Recording;
import io.tapedeck.e2e.TapedeckClient;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import io.tapedeck.e2e.Viewer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// Time from the start of the PUT of the chunk that closes a window to that window's segment being
/// listed in the best rendition's playlist, at the pace of a real recording.
///
/// Arguments: recording; numbers of sessions at once, several (1 4 16).
public final class Latency {

    private static final int LEAST_WINDOWS = 27;

    private Latency() {}

    public static void main(String[] args) throws IOException {
        String name = args.length > 0 ? args[0] : "chr-webm-vp8-720-t1000-kf2000";
        List<String> counts =
                args.length > 1 ? List.of(args).subList(1, args.length) : List.of("1", "4", "16");
        Recording recording = Lab.recording(name);
        try (Lab lab = Lab.start(1)) {
            lab.warmUp(Lab.endless(name));
            for (String count : counts) {
                report(recording, Integer.parseInt(count), lab);
            }
        }
    }

    private static void report(Recording recording, int sessions, Lab lab) {
        List<Duration> all = new ArrayList<>();
        while (all.size() < LEAST_WINDOWS) {
            all.addAll(sessions(lab, recording, sessions));
        }
        all.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%s, %d session(s), %d windows: last PUT to listed p50 %d ms, p95 %d ms,"
                        + " max %d ms%n",
                recording.name(),
                sessions,
                all.size(),
                Latencies.millis(all, 50),
                Latencies.millis(all, 95),
                all.getLast().toMillis());
    }

    /// So many at once, not in step.
    static List<Duration> sessions(Lab lab, Recording recording, int sessions) {
        List<CompletableFuture<List<Duration>>> running = new ArrayList<>();
        long stepNanos = Latencies.pace(recording).toNanos() / sessions;
        for (int i = 0; i < sessions; i++) {
            LockSupport.parkNanos(stepNanos);
            running.add(
                    CompletableFuture.supplyAsync(
                            () -> session(lab, recording, Latencies.poll(sessions)),
                            Latencies.THREADS));
        }
        return running.stream().flatMap(session -> session.join().stream()).toList();
    }

    private static List<Duration> session(Lab lab, Recording recording, Duration poll) {
        TapedeckClient client = lab.client();
        OpenSession session = client.open("latency", recording.mimeType());
        var viewer = new Viewer(client, session.id());
        var sink =
                new Latencies.Sink() {
                    @Override
                    public void send(int index) {
                        Lab.require(
                                client.putChunk(session, index, 0, recording.bytes(index)), 201);
                    }

                    @Override
                    public void end() {
                        lab.complete(session, recording.chunks().size());
                    }
                };
        return Latencies.measure(
                recording, Latencies.pace(recording), poll, sink, viewer::playlist);
    }
}
