package io.tapedeck.ffmpeg.process;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import net.bramp.ffmpeg.ProcessFunction;
import org.jspecify.annotations.Nullable;

/// One life of a guest process, from start to certain death, as the function that
/// ffmpeg-cli-wrapper calls. Its `run` returns a process that has already ended: the wrapper's own
/// way to wait knows neither input nor limits.
final class GuestRun implements ProcessFunction {

    private static final Duration TICK = Duration.ofMillis(100);

    /// How long to wait for the last bytes of a process that has ended. They are in the pipe
    /// already, unless somebody else holds its other end.
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final FfmpegInstallation installation;
    private final FfmpegLimits limits;
    private final FfmpegRunner.Feeder feeder;
    private final FfmpegRunner.Reader reader;
    private final LongConsumer movedBytes;
    private final Cancellation cancellation;

    private final Activity activity = new Activity();
    private final MessageTail messages = new MessageTail();
    private final AtomicReference<@Nullable FfmpegExit> stopReason = new AtomicReference<>();
    private final AtomicReference<@Nullable IOException> hostFailure = new AtomicReference<>();
    private volatile boolean outputRead;
    private @Nullable FfmpegExit exit;

    GuestRun(
            FfmpegInstallation installation,
            FfmpegLimits limits,
            FfmpegRunner.Feeder feeder,
            FfmpegRunner.Reader reader,
            LongConsumer movedBytes,
            Cancellation cancellation) {
        this.installation = installation;
        this.limits = limits;
        this.feeder = feeder;
        this.reader = reader;
        this.movedBytes = movedBytes;
        this.cancellation = cancellation;
    }

    @Override
    public Process run(List<String> command) throws IOException {
        if (command.size() == 2 && command.get(1).equals("-version")) {
            // The wrapper asks before each run; this was found out long ago.
            return EndedProcess.saying("ffmpeg version " + installation.version() + "\n");
        }
        if (cancellation.isCancelled()) {
            exit = new FfmpegExit.Cancelled();
            return EndedProcess.withStatus(1);
        }
        long startNanos = System.nanoTime();
        Process process = Spawner.spawn(command, limits);
        int status = -1;
        var pumps = Pumps.start(this, process);
        try (var _ = cancellation.onCancel(() -> stop(new FfmpegExit.Cancelled()))) {
            status = await(process, startNanos);
        } finally {
            kill(process);
            pumps.finish(process, DRAIN);
        }
        exit = classify(status, Duration.ofNanos(System.nanoTime() - startNanos));
        return EndedProcess.withStatus(status);
    }

    /// Throws what went wrong, if anything did.
    void throwUnlessFinished(@Nullable IOException wrapperFailure)
            throws FfmpegException, IOException {
        var failure = hostFailure.get();
        if (failure != null) {
            throw failure;
        }
        if (exit == null) {
            throw Optional.ofNullable(wrapperFailure)
                    .orElseGet(() -> new IOException("ffmpeg was not started"));
        }
        if (!(exit instanceof FfmpegExit.Finished)) {
            throw new FfmpegException(exit);
        }
    }

    private int await(Process process, long startNanos) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (process.waitFor(TICK.toMillis(), MILLISECONDS)) {
                        return process.exitValue();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    stop(new FfmpegExit.Cancelled());
                }
                movedBytes.accept(Activity.movedBytes(process.pid()));
                checkLimits(process, startNanos);
                if (stopReason.get() != null) {
                    kill(process);
                    return process.exitValue();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void checkLimits(Process process, long startNanos) {
        if (System.nanoTime() - startNanos > limits.wall().toNanos()) {
            stop(new FfmpegExit.TimedOut(limits.wall(), messages.text()));
        } else if (activity.idleNanos(process) > limits.stale().toNanos()) {
            stop(new FfmpegExit.Stalled(limits.stale(), messages.text()));
        }
    }

    private void stop(FfmpegExit reason) {
        stopReason.compareAndSet(null, reason);
    }

    /// SIGTERM, and SIGKILL when that does not help. Returns when it is dead.
    ///
    /// By its handle: [Process#destroy] also closes the pipes, and waits for ever for a thread that
    /// is blocked writing to one.
    private void kill(Process process) {
        if (!process.isAlive()) {
            return;
        }
        var children = process.descendants().toList();
        var guest = process.toHandle();
        guest.destroy();
        if (!awaitQuietly(process, limits.grace())) {
            guest.destroyForcibly();
            while (!awaitQuietly(process, DRAIN)) {
                guest.destroyForcibly();
            }
        }
        Stream.concat(children.stream(), process.descendants())
                .forEach(ProcessHandle::destroyForcibly);
    }

    /// Waits even when interrupted: a guest is never left behind.
    private static boolean awaitQuietly(Process process, Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
                    return process.waitFor(Math.max(leftMillis, 0), MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FfmpegExit classify(int status, Duration wall) {
        FfmpegExit stopped = stopReason.get();
        if (stopped != null) {
            return stopped;
        }
        if (status == 0) {
            return outputRead ? new FfmpegExit.Finished(wall) : new FfmpegExit.OutputCutShort();
        }
        String said = messages.text();
        return Refusals.isRefusal(said)
                ? new FfmpegExit.RefusedInput(said)
                : new FfmpegExit.Crashed(status, said);
    }

    void feed(OutputStream stdin) {
        try (var watched = new WatchedOutput(stdin, activity)) {
            feeder.feed(watched);
        } catch (FfmpegRunner.GuestGoneException e) {
            // It has all it wants, or is dead; its status tells.
        } catch (IOException e) {
            failHost(e);
        } catch (RuntimeException | Error e) {
            failHost(new IOException("could not feed ffmpeg", e));
        }
    }

    void read(InputStream stdout) {
        try (var watched = new WatchedInput(stdout, activity, limits.outputBytes())) {
            reader.read(watched);
            outputRead = true;
        } catch (WatchedInput.TooMuchException e) {
            stop(new FfmpegExit.OutputTooLarge(limits.outputBytes()));
        } catch (IOException e) {
            failHost(e);
        } catch (RuntimeException | Error e) {
            failHost(new IOException("could not read from ffmpeg", e));
        }
    }

    void listen(InputStream stderr) {
        messages.drain(stderr);
    }

    private void failHost(IOException e) {
        if (stopReason.compareAndSet(null, new FfmpegExit.Cancelled())) {
            hostFailure.set(e);
        }
    }
}
