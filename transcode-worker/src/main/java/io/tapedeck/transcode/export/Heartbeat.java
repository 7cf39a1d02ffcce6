package io.tapedeck.transcode.export;

import io.tapedeck.ffmpeg.export.ExportListener;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.transcode.database.DatabaseException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The sign of life of a running task: renews its lease, tells how far it is, and throws the
/// cancellation as soon as the task is no longer this runner's.
final class Heartbeat implements ExportListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

    private final Tasks tasks;
    private final Task task;
    private final Duration every;
    private final Cancellation cancellation;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile double progress;
    private volatile boolean lost;

    Heartbeat(Tasks tasks, Task task, Duration every, Cancellation cancellation) {
        this.tasks = tasks;
        this.task = task;
        this.every = every;
        this.cancellation = cancellation;
        this.thread = Thread.ofVirtual().name("heartbeat-" + task.taskId()).start(this::beat);
    }

    @Override
    public void progressed(double now) {
        progress = now;
    }

    /// Whether the task was found to be somebody else's, or cancelled.
    boolean lost() {
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
            if (!tasks.alive(task, progress)) {
                lost = true;
                cancellation.cancel();
            }
        } catch (DatabaseException e) {
            // The lease may run out; then whoever finishes second finds the task taken.
            LOG.log(System.Logger.Level.DEBUG, "no sign of life task={0}", task.taskId());
        }
    }
}
