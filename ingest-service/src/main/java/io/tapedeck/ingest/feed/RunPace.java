package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.FeedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// How often one pull begins a run. Each is kept for good, and may cost a process, so a camera that
/// begins one after the other is left alone for a while. For one thread at a time.
final class RunPace {

    static final int MOST = 10;
    private static final Duration WHILE = Duration.ofMinutes(1);

    private final Deque<Long> begun = new ArrayDeque<>();

    /// To be told of each run before it begins.
    ///
    /// @param nowNanos by [System#nanoTime]
    /// @throws FeedException it is one too many
    void begin(long nowNanos) throws FeedException {
        while (!begun.isEmpty() && nowNanos - begun.getFirst() >= WHILE.toNanos()) {
            begun.removeFirst();
        }
        if (begun.size() == MOST) {
            throw FeedProblem.NOT_UNDERSTOOD.because(
                    ("The camera's stream broke off or changed its size more than %d times in a"
                                    + " minute. Look whether it restarts again and again, or lets"
                                    + " two streams take turns.")
                            .formatted(MOST));
        }
        begun.addLast(nowNanos);
    }
}
