package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.FeedException;
import java.util.ArrayList;
import java.util.List;

/// What has to be closed for a thread that waits for a camera to go on. Thread-safe.
final class Stopping {

    private final List<Runnable> closers = new ArrayList<>();
    private boolean stopped;

    /// Runs `closer` when reading is to stop, at once if it is already. It must not block.
    void closeOnStop(Runnable closer) {
        synchronized (this) {
            if (!stopped) {
                closers.add(closer);
                return;
            }
        }
        closer.run();
    }

    /// Not needed any more.
    synchronized void forget(Runnable closer) {
        closers.remove(closer);
    }

    void stop() {
        List<Runnable> due;
        synchronized (this) {
            stopped = true;
            due = List.copyOf(closers);
            closers.clear();
        }
        due.forEach(Runnable::run);
    }

    /// @throws FeedException nothing should begin any more
    synchronized void check() throws FeedException {
        if (stopped) {
            throw FeedProblem.ENDED.because("Stopped.");
        }
    }
}
