package io.tapedeck.transcode.convert;

import io.tapedeck.ffmpeg.convert.Fragmenter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How far one attempt is: it collects the bytes, converts them and puts away what came out, of
/// which only converting takes long. Thread-safe.
final class ConversionProgress {

    private static final double COLLECTED = 0.05;
    private static final double CONVERTED = 0.98;

    /// Where ffmpeg begins to copy or to encode, at the pace that it goes on with.
    private static final double STEADY = COLLECTED + (CONVERTED - COLLECTED) * Fragmenter.SURVEYED;

    /// Less says nothing about the rest.
    private static final double LEAST_DONE = 0.005;

    private static final Duration LEAST_TIME = Duration.ofSeconds(2);

    private final LongSupplier nanos;
    private double done;
    private double steadyDone;
    private long steadyNanos;

    /// @param nanos a clock like [System#nanoTime]
    ConversionProgress(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// @param share of the bytes, 0 to 1
    void collected(double share) {
        reach(COLLECTED * share);
    }

    /// @param share of the work of ffmpeg, 0 to 1
    void converted(double share) {
        reach(COLLECTED + (CONVERTED - COLLECTED) * share);
    }

    synchronized Advance now() {
        return new Advance(done, remaining());
    }

    private synchronized void reach(double progress) {
        if (steadyDone == 0 && progress >= STEADY) {
            steadyDone = progress;
            steadyNanos = nanos.getAsLong();
        }
        done = Math.max(done, progress);
    }

    /// Nobody knows when ffmpeg has read all and still goes on.
    private Optional<Duration> remaining() {
        Duration taken = Duration.ofNanos(nanos.getAsLong() - steadyNanos);
        if (steadyDone == 0
                || done - steadyDone < LEAST_DONE
                || done >= CONVERTED
                || taken.compareTo(LEAST_TIME) < 0) {
            return Optional.empty();
        }
        double left = taken.toMillis() * (1 - done) / (done - steadyDone);
        return Optional.of(Duration.ofMillis(Math.round(left)));
    }
}
