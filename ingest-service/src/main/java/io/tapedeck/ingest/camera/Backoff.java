package io.tapedeck.ingest.camera;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before a camera is tried again: from one second, twice as long each time, up to
/// half a minute, for ever. A part of it is chance, so that cameras that went away together do not
/// come back together.
///
/// @param failures in a row
record Backoff(int failures) {

    static final Backoff NONE = new Backoff(0);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// Whoever was online for so long begins anew.
    private static final Duration STEADY = Duration.ofSeconds(30);

    /// @param onlineFor how long bytes came before it failed; zero if none came
    Backoff failed(Duration onlineFor) {
        return onlineFor.compareTo(STEADY) >= 0 ? new Backoff(1) : new Backoff(failures + 1);
    }

    /// Three quarters of it are certain.
    Duration pause(RandomGenerator chance) {
        int doublings = Math.clamp(failures - 1L, 0, 5);
        long longest = Math.min(FIRST.toMillis() << doublings, LONGEST.toMillis());
        return Duration.ofMillis(longest * 3 / 4 + chance.nextLong(longest / 4 + 1));
    }
}
