package io.tapedeck.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Plays the role of a camera: lets its caller go on at fixed points in time, counted from the
/// first one, so that delays do not add up.
public final class Pace {

    private final long periodNanos;
    private long nextNanos = System.nanoTime();

    private Pace(long periodNanos) {
        this.periodNanos = periodNanos;
    }

    public static Pace every(Duration period) {
        return new Pace(period.toNanos());
    }

    /// Blocks until one period after the last point.
    public void await() {
        nextNanos += periodNanos;
        for (long left; (left = nextNanos - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(left);
        }
    }
}
