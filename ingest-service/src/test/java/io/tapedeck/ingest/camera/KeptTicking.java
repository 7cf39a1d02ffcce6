package io.tapedeck.ingest.camera;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A keeper and its clockwork, as in a process of its own.
final class KeptTicking {

    private static final System.Logger LOG = System.getLogger(KeptTicking.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final CameraKeeper keeper;
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final Thread looking;
    private final Thread fencing;

    KeptTicking(CameraKeeper keeper) {
        this.keeper = keeper;
        this.looking = Thread.ofVirtual().start(() -> repeat(keeper::look));
        this.fencing = Thread.ofVirtual().start(() -> repeat(keeper::fence));
    }

    /// Its clockwork stands still from now on. What it has begun it ends first: an interrupt would
    /// close a connection that the others share.
    void freeze() throws InterruptedException {
        frozen.countDown();
        looking.join();
        fencing.join();
    }

    /// As a process that is told to stop.
    void stop() throws InterruptedException {
        freeze();
        keeper.stop(Duration.ofSeconds(3));
    }

    void close() throws InterruptedException {
        freeze();
        keeper.stop(Duration.ZERO);
    }

    private void repeat(Runnable task) {
        try {
            do {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    // As the scheduler does: the next time may go better.
                    LOG.log(System.Logger.Level.INFO, "not this time: {0}", e.toString());
                }
            } while (!frozen.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
