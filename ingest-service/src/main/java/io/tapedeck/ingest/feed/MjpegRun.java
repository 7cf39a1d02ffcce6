package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.CameraFeed;
import io.tapedeck.ingest.camera.FeedException;
import io.tapedeck.ingest.matroska.JpegException;
import io.tapedeck.ingest.matroska.JpegSize;
import io.tapedeck.ingest.matroska.Matroska;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Writes pictures down as Matroska, each at the time at which it came. Pictures of another size
/// begin another run. For one thread at a time.
final class MjpegRun {

    private static final String MIME_TYPE = "video/x-matroska";

    /// From one cluster to the next, at least. Nobody waits for it to be over: the picture that
    /// comes next after it is the cluster's last.
    private static final long CLUSTER_NANOS = 500_000_000;

    private static final int CLUSTER_BYTES = 1 << 20;

    /// In a cluster. Who sends more than that in half a second is no camera.
    private static final int MOST_PICTURES = 64;

    /// Without a good one between them. Some cameras begin in the middle of one.
    private static final int MOST_DAMAGED = 30;

    private final CameraFeed.Sink sink;
    private final RunPace pace = new RunPace();
    private final List<Matroska.Block> cluster = new ArrayList<>();
    private @Nullable JpegSize size;
    private int clusterBytes;
    private int damaged;
    private long startNanos;
    private long flushedNanos;
    private long lastMillis;

    MjpegRun(CameraFeed.Sink sink) {
        this.sink = sink;
    }

    /// @param arrivedNanos by [System#nanoTime]
    /// @return whether it was one
    /// @throws FeedException no such pictures can be recorded
    boolean take(byte[] jpeg, long arrivedNanos) throws FeedException, InterruptedException {
        Optional<JpegSize> its = size(jpeg);
        if (its.isEmpty()) {
            return false;
        }
        if (!its.get().equals(size)) {
            begin(its.get(), arrivedNanos);
        }
        if (cluster.size() < MOST_PICTURES) {
            lastMillis = Math.max(lastMillis + 1, (arrivedNanos - startNanos) / 1_000_000);
            cluster.add(
                    new Matroska.Block(Matroska.PICTURES, lastMillis * 1000, jpeg, 0, jpeg.length));
            clusterBytes += jpeg.length;
        }
        if (arrivedNanos - flushedNanos >= CLUSTER_NANOS || clusterBytes >= CLUSTER_BYTES) {
            flush();
            flushedNanos = arrivedNanos;
        }
        return true;
    }

    /// Hands on what is still here.
    void flush() throws InterruptedException {
        if (!cluster.isEmpty()) {
            byte[] bytes = Matroska.clusters(cluster);
            cluster.clear();
            clusterBytes = 0;
            sink.media(bytes);
        }
    }

    private Optional<JpegSize> size(byte[] jpeg) throws FeedException {
        try {
            JpegSize its = JpegSize.of(jpeg);
            damaged = 0;
            return Optional.of(its);
        } catch (JpegException e) {
            if (e.isTooLarge() || ++damaged > MOST_DAMAGED) {
                throw FeedProblem.NOT_UNDERSTOOD.because(
                        "The camera's pictures cannot be recorded: " + e.detail());
            }
            return Optional.empty();
        }
    }

    private void begin(JpegSize its, long atNanos) throws FeedException, InterruptedException {
        pace.begin(atNanos);
        flush();
        size = its;
        startNanos = atNanos;
        flushedNanos = atNanos;
        lastMillis = -1;
        sink.header(MIME_TYPE, Matroska.header(Optional.of(its), OptionalInt.empty()));
    }
}
