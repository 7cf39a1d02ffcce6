package io.tapedeck.ingest.feed;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okio.AsyncTimeout;

/// Lets waiting for a camera have an end whatever drips in meanwhile, for the timeouts of sockets
/// count from one byte to the next. For one thread at a time.
final class Deadline {

    private final Runnable breakOff;

    /// @param breakOff lets what waits fail; it must not block
    Deadline(Runnable breakOff) {
        this.breakOff = breakOff;
    }

    /// Something that waits for the camera.
    @FunctionalInterface
    interface Step<T, X extends Exception> {
        T run() throws IOException, X;
    }

    /// @param missing what did not come if it is too late, for people: "whole playlist"
    /// @throws IOException a [FeedIoException] when it took longer than `patience`
    <T, X extends Exception> T keep(Duration patience, String missing, Step<T, X> step)
            throws IOException, X {
        return keep(patience, () -> silent(patience, missing), step);
    }

    /// @param late made when it took longer than `atMost`
    <T, X extends Exception> T keep(
            Duration atMost, Supplier<FeedIoException> late, Step<T, X> step)
            throws IOException, X {
        var clock = new Clock();
        clock.timeout(Math.max(1, atMost.toNanos()), TimeUnit.NANOSECONDS);
        clock.enter();
        try {
            T result = step.run();
            if (clock.isLate()) {
                throw late.get();
            }
            return result;
        } catch (IOException e) {
            // Whatever failed did so because it was broken off.
            throw clock.isLate() ? late.get() : e;
        } finally {
            clock.isLate();
        }
    }

    static FeedIoException silent(Duration patience, String missing) {
        return FeedProblem.SILENT.whileReading(
                "Bytes come, but no %s for %d s.".formatted(missing, patience.toSeconds()));
    }

    private final class Clock extends AsyncTimeout {

        private boolean running = true;
        private boolean late;

        /// Stops it. Whether that was too late.
        boolean isLate() {
            if (running) {
                running = false;
                late = exit();
            }
            return late;
        }

        @Override
        protected void timedOut() {
            breakOff.run();
        }
    }
}
