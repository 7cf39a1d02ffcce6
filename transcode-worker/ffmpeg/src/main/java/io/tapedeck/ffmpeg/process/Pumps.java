package io.tapedeck.ffmpeg.process;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The three threads that move a guest's input, output and messages.
final class Pumps {

    private final List<Thread> threads;

    private Pumps(List<Thread> threads) {
        this.threads = threads;
    }

    static Pumps start(GuestRun run, Process process) {
        return new Pumps(
                List.of(
                        start("ffmpeg-stdin", () -> run.feed(process.getOutputStream())),
                        start("ffmpeg-stdout", () -> run.read(process.getInputStream())),
                        start("ffmpeg-stderr", () -> run.listen(process.getErrorStream()))));
    }

    /// Waits until all that a dead process said is read. Pipes that somebody else holds open are
    /// given up after `limit`.
    void finish(Process process, Duration limit) {
        boolean interrupted = Thread.interrupted();
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        for (Thread thread : threads) {
            interrupted |= join(thread, deadlineNanos);
        }
        if (threads.stream().anyMatch(Thread::isAlive)) {
            // Closing may block in its turn.
            start("ffmpeg-close", () -> close(process));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean join(Thread thread, long deadlineNanos) {
        boolean interrupted = false;
        while (true) {
            try {
                var left = Duration.ofNanos(deadlineNanos - System.nanoTime());
                if (left.isPositive()) {
                    thread.join(left);
                }
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private static void close(Process process) {
        List<Closeable> pipes =
                List.of(
                        process.getInputStream(),
                        process.getErrorStream(),
                        process.getOutputStream());
        for (var pipe : pipes) {
            try {
                pipe.close();
            } catch (IOException e) {
                // Nothing is lost: the process is dead.
            }
        }
    }

    // Platform threads: pipes block in the kernel, and would pin the carriers of virtual ones.
    private static Thread start(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }
}
