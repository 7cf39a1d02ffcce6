package io.tapedeck.transcode.export;

import io.tapedeck.ffmpeg.export.ExportListener;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.transcode.database.DatabaseException;
import java.time.Duration;

/// The sign of life of a running task: renews its lease, tells how far it is, and throws the
/// cancellation as soon as the task is no longer this runner's.
final class Heartbeat implements ExportListener, AutoCloseable {

    private final Tasks tasks;
    private final Task task;
    private final Duration every;
    private final Cancellation cancellation;
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

    @Override
    public void close() {
        thread.interrupt();
    }

    private void beat() {
        while (true) {
            try {
                Thread.sleep(every);
                if (!tasks.alive(task, progress)) {
                    lost = true;
                    cancellation.cancel();
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (DatabaseException e) {
                // The lease may run out; then whoever finishes second finds the task taken.
                continue;
            }
        }
    }
}
