package io.tapedeck.standalone.child;

import java.time.Duration;

/// How long to wait before a dead child is started again.
///
/// @param failures deaths in a row, each after a short life
record Backoff(int failures) {

    static final Backoff NONE = new Backoff(0);

    /// A child that lived this long has recovered; its next death starts the count anew.
    private static final Duration RECOVERED = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /// The count after a death.
    Backoff after(Duration lifetime) {
        return lifetime.compareTo(RECOVERED) >= 0 ? new Backoff(1) : new Backoff(failures + 1);
    }

    /// Doubles with each death in a row.
    Duration pause() {
        if (failures == 0) {
            return Duration.ZERO;
        }
        var pause = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
