package io.tapedeck.ingest.camera;

import io.tapedeck.ingest.camera.CameraLog.LostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One camera while this process pulls it, in two threads: one reads and comes back after each
/// failure, the other one stores. Thread-safe.
final class CameraPull {

    private static final System.Logger LOG = System.getLogger(CameraPull.class.getName());

    private final CameraClaim claim;
    private final CameraFeeds feeds;
    private final CameraBuffer buffer;
    private final CameraWriter writer;
    private final LongAdder failures;
    private final Clock clock;
    private final Thread reading;
    private final Thread storing;
    private volatile CameraStatus status;
    private volatile boolean stopped;
    private volatile long onlineSinceNanos;

    /// @param writer stores what this reads
    /// @param failures counts how often the camera failed
    CameraPull(
            CameraClaim claim,
            CameraFeeds feeds,
            CameraBuffer buffer,
            CameraWriter writer,
            LongAdder failures,
            Clock clock) {
        this.claim = claim;
        this.feeds = feeds;
        this.buffer = buffer;
        this.writer = writer;
        this.failures = failures;
        this.clock = clock;
        this.status = claim.status().abandoned(clock.instant());
        this.reading = Thread.ofVirtual().name("camera-read-" + claim.id()).unstarted(this::readOn);
        this.storing =
                Thread.ofVirtual().name("camera-store-" + claim.id()).unstarted(this::storeOn);
    }

    CameraClaim claim() {
        return claim;
    }

    void start() {
        storing.start();
        reading.start();
    }

    /// Reads no more. What has come is still being stored.
    void stopReading() {
        stopped = true;
        reading.interrupt();
    }

    /// Makes it end soon. What is not stored is lost.
    void stop() {
        stopReading();
        buffer.close();
        storing.interrupt();
    }

    /// Whether it was told to stop.
    boolean isStopped() {
        return stopped;
    }

    /// Whether all that came is stored.
    boolean isDone() {
        return !reading.isAlive() && buffer.isEmpty() || !storing.isAlive();
    }

    /// Whether neither reads nor stores any more.
    boolean isOver() {
        return !reading.isAlive() && !storing.isAlive();
    }

    CameraStatus status() {
        return status.beset(writer.trouble());
    }

    private void readOn() {
        var backoff = Backoff.NONE;
        try {
            while (!stopped) {
                status = status.tried();
                onlineSinceNanos = 0;
                CameraStatus.Problem problem = pull();
                if (!stopped) {
                    failures.increment();
                    backoff = backoff.failed(onlineFor());
                    Thread.sleep(fail(problem, backoff));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!stopped) {
                stop();
            }
        }
    }

    /// @return why it ended
    private CameraStatus.Problem pull() throws InterruptedException {
        try {
            feeds.feed(claim.url().secret()).pull(new Sink());
            return new CameraStatus.Problem("camera-ended", "The camera sends no more.");
        } catch (FeedException e) {
            return CameraStatus.Problem.of(e.code(), claim.url().mask(e.detail()));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a feed failed camera=" + claim.id(), e);
            return new CameraStatus.Problem(
                    "camera-failed", "Something failed on our side. The log says what.");
        }
    }

    private Duration onlineFor() {
        long since = onlineSinceNanos;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /// @return how long to wait
    private Duration fail(CameraStatus.Problem problem, Backoff backoff) {
        CameraStatus.@Nullable Problem before = status.problem();
        if (before == null || !before.code().equals(problem.code())) {
            // Once for each reason, not once for each try.
            LOG.log(
                    System.Logger.Level.INFO,
                    "offline camera={0} code={1}: {2}",
                    claim.id(),
                    problem.code(),
                    problem.detail());
        }
        Duration pause = backoff.pause(RandomGenerator.getDefault());
        Instant now = clock.instant();
        status = status.failed(now, problem, now.plus(pause));
        return pause;
    }

    private void storeOn() {
        try {
            while (true) {
                CameraBuffer.Piece piece = buffer.take();
                try {
                    writer.write(piece);
                } finally {
                    buffer.done(piece);
                }
            }
        } catch (LostException e) {
            LOG.log(System.Logger.Level.INFO, "lost camera={0}: {1}", claim.id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "storing failed camera=" + claim.id(), e);
        } finally {
            stop();
        }
    }

    private final class Sink implements CameraFeed.Sink {

        @Override
        public void header(String mimeType, byte[] bytes) throws InterruptedException {
            buffer.put(new CameraBuffer.Piece(CameraBuffer.Kind.HEADER, bytes));
        }

        @Override
        public void media(byte[] bytes) throws InterruptedException {
            if (onlineSinceNanos == 0) {
                onlineSinceNanos = System.nanoTime();
            }
            status = status.bytesCame(clock.instant());
            buffer.put(new CameraBuffer.Piece(CameraBuffer.Kind.MEDIA, bytes));
        }
    }
}
