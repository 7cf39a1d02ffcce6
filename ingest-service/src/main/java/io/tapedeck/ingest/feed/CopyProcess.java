package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapedeck.ingest.camera.CameraFeed;
import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// An ffmpeg that copies what one camera sends into fragments, from start to certain death. What it
/// makes goes to the sink from a thread of this; while the sink is busy ffmpeg waits, and whoever
/// writes to it does. Thread-safe.
final class CopyProcess implements AutoCloseable {

    /// Between two fragments. Longer than the longest way from one keyframe to the next.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration END = Duration.ofSeconds(5);
    private static final int LONGEST_MESSAGES = 2_000;

    /// The kernel lets a guest die with the thread that started it, so that must live as long as
    /// this process does.
    private static final ExecutorService PARENT =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("camera-ffmpeg-parent").factory());

    private final Process process;
    private final Stopping stopping;
    private final Runnable closer = this::kill;
    private final Thread reading;
    private final Thread listening;
    private final StringBuilder messages = new StringBuilder();
    private volatile long fragmentNanos = System.nanoTime();
    private volatile boolean handing;
    private volatile boolean any;
    private volatile @Nullable FeedException refusal;

    private CopyProcess(Process process, CameraFeed.Sink sink, Stopping stopping) {
        this.process = process;
        this.stopping = stopping;
        // Platform threads: pipes block in the kernel, and would pin the carriers of virtual ones.
        this.reading =
                Thread.ofPlatform().daemon().name("camera-ffmpeg").unstarted(() -> read(sink));
        this.listening =
                Thread.ofPlatform().daemon().name("camera-ffmpeg-said").unstarted(this::listen);
    }

    /// @param sink called by one thread at a time, but another one than the caller's
    /// @throws FeedException ffmpeg cannot be started
    static CopyProcess start(List<String> command, CameraFeed.Sink sink, Stopping stopping)
            throws FeedException {
        Process process;
        try {
            process = CompletableFuture.supplyAsync(() -> spawn(command), PARENT).join();
        } catch (CompletionException e) {
            throw unavailable();
        }
        var copy = new CopyProcess(process, sink, stopping);
        stopping.closeOnStop(copy.closer);
        copy.reading.start();
        copy.listening.start();
        return copy;
    }

    private static FeedException unavailable() {
        return FeedProblem.FFMPEG_UNAVAILABLE.because(
                "Cameras of this kind need ffmpeg, which cannot be started here. Whoever runs"
                        + " Tapedeck installs it and names it in TAPEDECK_FFMPEG_PATH.");
    }

    private static Process spawn(List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> !List.of("PATH", "LD_LIBRARY_PATH", "LANG").contains(name));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /// What the camera sent.
    ///
    /// @throws FeedException ffmpeg is gone, or makes nothing of it
    void write(byte[] bytes) throws FeedException {
        checkProgress();
        try {
            OutputStream in = process.getOutputStream();
            in.write(bytes);
            in.flush();
        } catch (IOException e) {
            awaitEnd();
            throw failure();
        }
    }

    /// @throws FeedException nothing comes out any more
    void checkProgress() throws FeedException {
        if (!handing && System.nanoTime() - fragmentNanos > PATIENCE.toNanos()) {
            throw FeedProblem.SILENT.because(
                    "Bytes come, but no pictures or sound for %d s."
                            .formatted(PATIENCE.toSeconds()));
        }
    }

    /// The camera's stream is over: hands on what is still inside.
    ///
    /// @throws FeedException nothing could be made of it
    void finish() throws FeedException {
        end();
        if (!any) {
            throw failure();
        }
    }

    /// Hands on what is still inside, if there is anything.
    void end() {
        closeInput();
        awaitEnd();
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has gone by itself.
        }
    }

    /// Waits until it ends by itself.
    ///
    /// @param refused whether it has to end at once, because the camera is not to be trusted
    /// @return why it did
    /// @throws FeedException nothing comes out any more
    FeedException awaitFailure(BooleanSupplier refused) throws FeedException, InterruptedException {
        while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
            checkProgress();
            if (refused.getAsBoolean()) {
                kill();
            }
        }
        awaitEnd();
        return failure();
    }

    /// Nothing comes out afterwards.
    @Override
    public void close() {
        kill();
        stopping.forget(closer);
        reading.interrupt();
        PulledFeed.awaitEnd(reading);
        PulledFeed.awaitEnd(listening);
        closeInput();
    }

    private FeedException failure() {
        FeedException known = refusal;
        if (known != null) {
            return known;
        }
        // What the programs in front of it, and shells, say when there is none.
        boolean none = !process.isAlive() && List.of(126, 127).contains(process.exitValue());
        if (none) {
            return unavailable();
        }
        String said;
        synchronized (messages) {
            said = messages.toString().strip();
        }
        String last = said.substring(said.lastIndexOf('\n') + 1);
        return any
                ? FeedProblem.ENDED.because("The camera's stream broke off: " + last)
                : FeedProblem.NOT_UNDERSTOOD.because(
                        "ffmpeg can make nothing of what comes: " + last);
    }

    /// By its handle: [Process#destroy] also closes the pipes, and waits for ever for a thread that
    /// is blocked writing to one.
    private void kill() {
        process.toHandle().destroyForcibly();
        reading.interrupt();
    }

    private void awaitEnd() {
        try {
            if (!reading.join(END)) {
                kill();
            }
            listening.join(END);
            process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void read(CameraFeed.Sink sink) {
        try (InputStream out = process.getInputStream()) {
            var fragments = new FragmentReader(out, timed(sink));
            boolean more = true;
            while (more) {
                more = fragments.next();
            }
        } catch (FeedIoException e) {
            refusal = e.reason();
            process.toHandle().destroyForcibly();
        } catch (IOException e) {
            // It died in the middle of a fragment.
            process.toHandle().destroyForcibly();
        } catch (InterruptedException e) {
            // Nobody wants any more.
            process.toHandle().destroyForcibly();
        }
    }

    /// Time for which the sink is busy is not the camera's.
    private CameraFeed.Sink timed(CameraFeed.Sink sink) {
        return new CameraFeed.Sink() {
            @Override
            public void header(String mimeType, byte[] bytes) throws InterruptedException {
                handing = true;
                sink.header(mimeType, bytes);
                handed();
            }

            @Override
            public void media(byte[] bytes) throws InterruptedException {
                handing = true;
                sink.media(bytes);
                handed();
                any = true;
            }

            private void handed() {
                fragmentNanos = System.nanoTime();
                handing = false;
            }
        };
    }

    private void listen() {
        try (InputStream said = process.getErrorStream()) {
            byte[] buffer = new byte[1024];
            int count = said.read(buffer);
            while (count >= 0) {
                synchronized (messages) {
                    messages.append(new String(buffer, 0, count, UTF_8));
                    messages.delete(0, Math.max(0, messages.length() - LONGEST_MESSAGES));
                }
                count = said.read(buffer);
            }
        } catch (IOException e) {
            // It died.
        }
    }
}
