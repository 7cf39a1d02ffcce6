package io.tapedeck.ingest.frames;

import java.time.Duration;

/// How fast messages are taken: a burst at once, and then so many a second. For one thread at a
/// time.
final class FramesPace {

    /// What comes in one go after the network stood still.
    private static final int BURST_SECONDS = 10;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long nanosEach;
    private final long burstNanos;
    private long emptyAtNanos;
    private boolean begun;

    FramesPace(int perSecond) {
        this.nanosEach = NANOS_PER_SECOND / perSecond;
        this.burstNanos = BURST_SECONDS * NANOS_PER_SECOND;
    }

    /// Counts a message.
    ///
    /// @param nowNanos by [System#nanoTime]
    /// @return how long to wait before it is taken
    Duration count(long nowNanos) {
        if (!begun || nowNanos - emptyAtNanos > 0) {
            begun = true;
            emptyAtNanos = nowNanos;
        }
        emptyAtNanos += nanosEach;
        return Duration.ofNanos(Math.max(0, emptyAtNanos - nowNanos - burstNanos));
    }
}
