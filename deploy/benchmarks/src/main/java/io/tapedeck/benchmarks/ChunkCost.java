package io.tapedeck.benchmarks;

import io.tapedeck.e2e.EndlessRecording;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/// CPU time of the whole system per chunk in hour 3 of a session over that in minute 3. Minute 3 is
/// that of a session which comes after the long one, so that both meet the same warm services.
///
/// Arguments: minutes of the long session (180).
public final class ChunkCost {

    private static final String RECORDING = "chr-audio-webm-opus-t1000";
    private static final Duration EARLY = Duration.ofMinutes(2);
    private static final Duration MEASURED = Duration.ofMinutes(3);

    /// How far the upload may be ahead.
    private static final Duration AHEAD = Duration.ofMinutes(2);

    private ChunkCost() {}

    public static void main(String[] args) throws IOException {
        Duration length = Duration.ofMinutes(args.length > 0 ? Integer.parseInt(args[0]) : 180);
        EndlessRecording recording = Lab.endless(RECORDING);
        try (Lab lab = Lab.start(1)) {
            double late = millisPerChunk(lab, recording, length);
            double early = millisPerChunk(lab, recording, EARLY);
            double again = millisPerChunk(lab, recording, EARLY);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.1f CPU ms per chunk after %d min, %.1f and %.1f after %d min, ratio"
                            + " %.2f%n",
                    RECORDING,
                    late,
                    length.toMinutes(),
                    early,
                    again,
                    EARLY.toMinutes(),
                    2 * late / (early + again));
        }
    }

    /// Of the chunks that come after the first part, until all that can be played of them is there.
    private static double millisPerChunk(Lab lab, EndlessRecording recording, Duration first) {
        int warm = recording.repetitions(first);
        int end = warm + recording.repetitions(MEASURED);
        int all = recording.chunks(end);
        OpenSession session = lab.open(recording);
        for (int i = 0; i < warm; i++) {
            lab.send(session, recording, recording.chunks(i), recording.chunks(i + 1), all);
            lab.awaitPlayable(session, recording.length(i).minus(AHEAD));
        }
        lab.awaitPlayable(session, almost(recording.length(warm)));
        Duration before = lab.instance().cpu();
        lab.send(session, recording, recording.chunks(warm), all, all);
        lab.awaitPlayable(session, almost(recording.length(end)));
        Duration used = lab.instance().cpu().minus(before);
        lab.complete(session, all);
        lab.awaitReady(session);
        return (double) used.toMillis() / (all - recording.chunks(warm));
    }

    /// The window under way comes only with the chunk that closes it.
    private static Duration almost(Duration media) {
        return media.minusSeconds(4);
    }
}
