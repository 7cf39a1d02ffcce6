package io.tapedeck.transcode;

import io.tapedeck.ffmpeg.export.ExportListener;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.transcode.database.DatabaseException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;

/// The sign of life of something that runs for long: renews its lease, tells how far it is, and
/// throws the cancellation as soon as it is no longer this runner's.
public final class Heartbeat implements ExportListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

    private final String name;
    private final DoublePredicate alive;
    private final Duration every;
    private final Cancellation cancellation;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile double progress;
    private volatile boolean lost;

    /// @param name for logs
    /// @param alive takes the sign of life and how far the runner is, 0 to 1; answers whether it
    ///   still is the runner
    public Heartbeat(
            String name, DoublePredicate alive, Duration every, Cancellation cancellation) {
        this.name = name;
        this.alive = alive;
        this.every = every;
        this.cancellation = cancellation;
        this.thread = Thread.ofVirtual().name("heartbeat-" + name).start(this::beat);
    }

    @Override
    public void progressed(double now) {
        progress = now;
    }

    /// Whether it was found to be somebody else's, or cancelled.
    public boolean lost() {
        return lost;
    }

    /// Returns after the last beat. No interrupt, because that would break the beat's connection.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS) && !lost) {
                beatOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beatOnce() {
        try {
            if (!alive.test(progress)) {
                lost = true;
                cancellation.cancel();
            }
        } catch (DatabaseException e) {
            // The lease may run out; then whoever finishes second finds it taken.
            LOG.log(System.Logger.Level.DEBUG, "no sign of life of {0}", name);
        }
    }
}
