package io.tapedeck.ingest.camera;

import java.time.Duration;

/// A keeper and its clockwork, as in a process of its own.
final class KeptTicking {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final CameraKeeper keeper;
    private final Thread looking;
    private final Thread fencing;

    KeptTicking(CameraKeeper keeper) {
        this.keeper = keeper;
        this.looking = Thread.ofVirtual().start(() -> repeat(keeper::look));
        this.fencing = Thread.ofVirtual().start(() -> repeat(keeper::fence));
    }

    /// Its clockwork stands still from now on.
    void freeze() throws InterruptedException {
        looking.interrupt();
        fencing.interrupt();
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

    private static void repeat(Runnable task) {
        try {
            while (true) {
                try {
                    task.run();
                } catch (CutLeases.CutException e) {
                    // As the scheduler does.
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
