package io.tapedeck.ingest.frames;

/// When something came.
///
/// @param atNanos by [System#nanoTime]
/// @param deafNanos how long, of all time up to then, nothing was read from the client: what came
///   meanwhile came late without having been late
record Arrival(long atNanos, long deafNanos) {

    static Arrival at(long atNanos) {
        return new Arrival(atNanos, 0);
    }

    /// When it came, behind `startNanos`.
    long micros(long startNanos) {
        return Math.max(0, (atNanos - startNanos) / 1000);
    }

    /// The same on a clock that stands still while nothing is read.
    long heardMicros() {
        return (atNanos - deafNanos) / 1000;
    }
}
