package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.CameraFeed;
import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;
import java.util.concurrent.SynchronousQueue;

/// Reads on a thread of its own, for what waits for the network cannot be interrupted, and hands on
/// what comes on the caller's. While the caller stores one piece the reader gathers the next; then
/// it waits, and what the camera sends stays in the network.
final class PulledFeed implements CameraFeed {

    private final FeedReader reader;

    PulledFeed(FeedReader reader) {
        this.reader = reader;
    }

    /// What the reading thread tells.
    private sealed interface Told {

        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Header(String mimeType, byte[] bytes) implements Told {}

        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Media(byte[] bytes) implements Told {}

        record Failed(FeedException reason) implements Told {}

        record Broken(Throwable cause) implements Told {}
    }

    @Override
    public void pull(Sink sink) throws FeedException, InterruptedException {
        var told = new SynchronousQueue<Told>();
        var stopping = new Stopping();
        Thread thread =
                Thread.ofVirtual()
                        .name("camera-feed")
                        .start(() -> read(new Telling(told), told, stopping));
        try {
            while (true) {
                switch (told.take()) {
                    case Told.Header(String mimeType, byte[] bytes) -> sink.header(mimeType, bytes);
                    case Told.Media(byte[] bytes) -> sink.media(bytes);
                    case Told.Failed(FeedException reason) -> throw reason;
                    case Told.Broken(Throwable cause) -> throw new IllegalStateException(cause);
                }
            }
        } finally {
            thread.interrupt();
            stopping.stop();
            awaitEnd(thread);
        }
    }

    private void read(Sink sink, SynchronousQueue<Told> told, Stopping stopping) {
        try {
            told.put(outcome(sink, stopping));
        } catch (InterruptedException e) {
            // Nobody listens any more.
        }
    }

    private Told outcome(Sink sink, Stopping stopping) throws InterruptedException {
        try {
            reader.read(sink, stopping);
            return new Told.Failed(FeedProblem.ENDED.because("The camera ended its stream."));
        } catch (FeedException e) {
            return new Told.Failed(e);
        } catch (IOException e) {
            return new Told.Failed(Failures.reason(e));
        } catch (RuntimeException | Error e) {
            return new Told.Broken(e);
        }
    }

    /// All that was opened is closed when a pull is over, also for those who interrupt it twice.
    static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Telling(SynchronousQueue<Told> told) implements Sink {

        @Override
        public void header(String mimeType, byte[] bytes) throws InterruptedException {
            told.put(new Told.Header(mimeType, bytes));
        }

        @Override
        public void media(byte[] bytes) throws InterruptedException {
            told.put(new Told.Media(bytes));
        }
    }
}
