package io.tapedeck.benchmarks;

import io.tapedeck.checker.Playlist;
import io.tapedeck.e2e.EndlessRecording;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import io.tapedeck.e2e.Viewer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Time from stop (the last chunk and the word that it is the last) until all playlists have their
/// end, and until the MP4 can be downloaded. What came before is rendered by then, as it is when
/// somebody records live.
///
/// Arguments: recording; minutes, several (1 10).
public final class Stop {

    private static final Duration POLL = Duration.ofMillis(20);

    private Stop() {}

    public static void main(String[] args) throws IOException {
        String name = args.length > 0 ? args[0] : "chr-webm-vp8-480-t1000";
        List<Integer> minutes =
                args.length > 1
                        ? Stream.of(args).skip(1).map(Integer::parseInt).toList()
                        : List.of(1, 10);
        EndlessRecording recording = Lab.endless(name);
        try (Lab lab = Lab.start(1)) {
            lab.warmUp(recording);
            for (int length : minutes) {
                measure(lab, name, recording, Duration.ofMinutes(length));
            }
        }
    }

    private static void measure(Lab lab, String name, EndlessRecording recording, Duration length) {
        int repetitions = recording.repetitions(length);
        int chunks = recording.chunks(repetitions);
        OpenSession session = lab.open(recording);
        lab.send(session, recording, 0, chunks - 1, chunks);
        lab.awaitPlayable(session, recording.length(repetitions).minusSeconds(6));
        var viewer = new Viewer(lab.client(), session.id());
        awaitAllRenditions(viewer, recording.length(repetitions).minusSeconds(6));

        long stoppedAt = System.nanoTime();
        lab.send(session, recording, chunks - 1, chunks, chunks);
        lab.complete(session, chunks);
        double best = secondsUntil(stoppedAt, () -> viewer.playlist().orElseThrow().ended());
        double all =
                secondsUntil(
                        stoppedAt,
                        () -> viewer.renditions().values().stream().allMatch(Playlist::ended));
        double mp4 =
                secondsUntil(stoppedAt, () -> lab.view(session).path("downloadUrl").isTextual());
        System.out.printf(
                Locale.ROOT,
                "%s, %d min: best rendition complete after %.2f s, all after %.2f s, MP4 after"
                        + " %.2f s%n",
                name,
                length.toMinutes(),
                best,
                all,
                mp4);
    }

    private static void awaitAllRenditions(Viewer viewer, Duration media) {
        secondsUntil(
                System.nanoTime(),
                () ->
                        viewer.renditions().values().stream()
                                .allMatch(playlist -> seconds(playlist) >= Lab.seconds(media)));
    }

    private static double seconds(Playlist playlist) {
        return playlist.entries().stream().mapToDouble(Playlist.Entry::seconds).sum();
    }

    private static double secondsUntil(long startNanos, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        return Lab.seconds(Duration.ofNanos(System.nanoTime() - startNanos));
    }
}
