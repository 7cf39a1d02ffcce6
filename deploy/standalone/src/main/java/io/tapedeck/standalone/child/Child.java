package io.tapedeck.standalone.child;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A process that is kept running: started again with a growing pause when it dies, until {@link
/// #close}. Thread-safe. One thread of its own per child.
public final class Child implements AutoCloseable {

    /// A child that dies this often before it was ever ready is not going to be.
    private static final int HOPELESS_STARTS = 3;

    /// The exit code that a shell gives for what it cannot run.
    private static final int NOT_RUN = 127;

    private static final long POLL_MILLIS = 40;

    private static final Set<String> OWN_VARIABLES =
            Set.of("TAPEDECK_CACHE", "TAPEDECK_FFMPEG_PATH", "TAPEDECK_TERMINAL");

    private final ChildSpec spec;
    private final ChildListener listener;
    private final InstantSource clock;
    private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();
    private final CompletableFuture<Duration> firstReady = new CompletableFuture<>();
    private final Thread supervisor;
    private volatile @Nullable Process process;
    private volatile boolean up;

    private Child(ChildSpec spec, ChildListener listener, InstantSource clock) {
        this.spec = spec;
        this.listener = listener;
        this.clock = clock;
        this.supervisor = Thread.ofPlatform().name("supervise-" + spec.name()).unstarted(this::run);
    }

    /// Starts the process and returns at once.
    public static Child start(ChildSpec spec, ChildListener listener, InstantSource clock) {
        var child = new Child(spec, listener, clock);
        child.supervisor.start();
        return child;
    }

    public ChildSpec spec() {
        return spec;
    }

    /// Ready, and not died since.
    public boolean up() {
        return up;
    }

    /// The running process, or null between two of them.
    public @Nullable ProcessHandle handle() {
        var current = process;
        return current == null || !current.isAlive() ? null : current.toHandle();
    }

    /// Completes with the time the first start took; exceptionally with {@link CannotStart} when
    /// the child does not come up.
    public CompletableFuture<Duration> firstReady() {
        return firstReady.copy();
    }

    /// Puts a large log aside; to be called now and then.
    public void tidyLog() {
        try {
            LogFile.rotateIfLarge(spec.log());
        } catch (IOException e) {
            // The next time, then.
        }
    }

    /// Ends the process: closes its input, waits, kills. Returns when it is gone. Idempotent.
    @Override
    public void close() {
        closing.complete(null);
        try {
            supervisor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var backoff = Backoff.NONE;
        try {
            while (!isClosing()) {
                var startedAt = clock.instant();
                var running = launch();
                if (running != null) {
                    watch(running, startedAt);
                    if (isClosing()) {
                        end(running);
                        return;
                    }
                }
                backoff = backoff.after(Duration.between(startedAt, clock.instant()));
                died(running, backoff);
                if (isClosingWithin(backoff.pause().toMillis())) {
                    return;
                }
            }
        } catch (IOException e) {
            firstReady.completeExceptionally(
                    new CannotStart("cannot run " + spec.command().getFirst() + ": " + e, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            firstReady.completeExceptionally(new CannotStart(spec.name() + " was stopped"));
        }
    }

    /// @return null when it could not be run, though it once could: the disk may be full for now
    /// @throws IOException when it never could
    private @Nullable Process launch() throws IOException {
        tidyLog();
        var builder = new ProcessBuilder(spec.command());
        // The launcher's own; a service takes every name that begins like its keys for one of them.
        builder.environment().keySet().removeAll(OWN_VARIABLES);
        builder.environment().putAll(spec.environment());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            if (firstReady.isDone()) {
                return null;
            }
            throw e;
        }
        listener.started(this);
        return process;
    }

    /// Returns when the process has died or the child is being closed.
    private void watch(Process running, Instant startedAt) throws InterruptedException {
        while (running.isAlive() && !spec.readiness().ready()) {
            if (isClosingWithin(POLL_MILLIS)) {
                return;
            }
        }
        if (running.isAlive()) {
            up = true;
            var after = Duration.between(startedAt, clock.instant());
            firstReady.complete(after);
            listener.ready(this, after);
        }
        CompletableFuture.anyOf(running.onExit(), closing).join();
        up = false;
    }

    private void died(@Nullable Process running, Backoff backoff) {
        if (running == null) {
            listener.died(this, NOT_RUN, backoff.pause());
            return;
        }
        closeInput(running);
        if (!firstReady.isDone() && backoff.failures() >= HOPELESS_STARTS) {
            firstReady.completeExceptionally(
                    new CannotStart(
                            "%s does not start (exit code %d): %s; more in %s"
                                    .formatted(
                                            spec.name(),
                                            running.exitValue(),
                                            LogFile.lastLine(spec.log()),
                                            spec.log())));
        }
        listener.died(this, running.exitValue(), backoff.pause());
    }

    private void end(Process running) throws InterruptedException {
        closeInput(running);
        if (!running.waitFor(spec.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().waitFor();
        }
    }

    private static void closeInput(Process running) {
        try {
            running.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // Then there is nothing to tell it.
        }
    }

    private boolean isClosing() {
        return closing.isDone();
    }

    private boolean isClosingWithin(long millis) throws InterruptedException {
        try {
            closing.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
