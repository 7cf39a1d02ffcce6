package io.tapedeck.benchmarks;

import io.tapedeck.checker.Playlist;
import io.tapedeck.e2e.Pace;
import io.tapedeck.e2e.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Records at the recording's own pace and watches the playlist: how long after the chunk that
/// closes a window was sent, that window is listed.
final class Latencies {

    static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    /// Between two looks of one viewer, when there is one.
    private static final Duration POLL = Duration.ofMillis(20);

    private Latencies() {}

    /// Where chunks go.
    interface Sink {
        void send(int index);

        void end();
    }

    /// @param poll between two looks at the playlist
    /// @param playlist as it is now, empty while there is none
    /// @return of each window but those that only the end closes
    static List<Duration> measure(
            Recording recording,
            Duration pace,
            Duration poll,
            Sink sink,
            Supplier<Optional<Playlist>> playlist) {
        List<Long> sentAt = new ArrayList<>();
        CompletableFuture<List<Long>> listedAt =
                CompletableFuture.supplyAsync(() -> watch(playlist, poll), THREADS);
        Pace clock = Pace.every(pace);
        for (int i = 0; i < recording.chunks().size(); i++) {
            clock.await();
            sentAt.add(System.nanoTime());
            sink.send(i);
        }
        sink.end();
        List<Long> listed = listedAt.join();
        List<Integer> closing = closing(recording, playlist.get().orElseThrow());
        List<Duration> latencies = new ArrayList<>();
        for (int window = 0; window < closing.size(); window++) {
            latencies.add(Duration.ofNanos(listed.get(window) - sentAt.get(closing.get(window))));
        }
        return latencies;
    }

    /// How often each of some viewers looks: together no more often than one does, but at least
    /// five times a second.
    static Duration poll(int viewers) {
        Duration shared = POLL.multipliedBy(viewers);
        return shared.toMillis() > 200 ? Duration.ofMillis(200) : shared;
    }

    /// A chunk lasts as long as its share of the recording.
    static Duration pace(Recording recording) {
        return Duration.ofSeconds(20).dividedBy(recording.chunks().size());
    }

    static long millis(List<Duration> sorted, int percent) {
        return sorted.get(Math.max(0, Math.ceilDiv(sorted.size() * percent, 100) - 1)).toMillis();
    }

    /// When each window was first seen, until the playlist has its end.
    private static List<Long> watch(Supplier<Optional<Playlist>> playlist, Duration poll) {
        List<Long> listedAt = new ArrayList<>();
        for (boolean ended = false; !ended; ) {
            Optional<Playlist> now = playlist.get();
            while (listedAt.size() < now.map(p -> p.entries().size()).orElse(0)) {
                listedAt.add(System.nanoTime());
            }
            ended = now.map(Playlist::ended).orElse(false);
            LockSupport.parkNanos(poll.toNanos());
        }
        return listedAt;
    }

    private static List<Integer> closing(Recording recording, Playlist playlist) {
        List<Double> ends = new ArrayList<>();
        double end = 0;
        for (Playlist.Entry entry : playlist.entries()) {
            end += entry.seconds();
            ends.add(end);
        }
        try {
            return ClosingChunks.of(recording, ends);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
