package io.tapedeck.transcode.render;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.segment.RenderedSegment;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.contract.SegmentKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Puts rendered segments into the store, all of a claim at the same time.
final class SegmentShelf {

    private static final String CONTENT_TYPE = "video/mp2t";

    private final ObjectStore objects;

    SegmentShelf(ObjectStore objects) {
        this.objects = objects;
    }

    /// @param rendered one for each of [Claim#segments], in their order
    /// @throws IOException one of them is not there; the others may be
    List<MadeSegment> put(Claim claim, List<RenderedSegment> rendered)
            throws IOException, InterruptedException {
        List<SegmentId> ids = claim.segments();
        var puts = new ArrayList<Future<MadeSegment>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ids.size(); i++) {
                SegmentId id = ids.get(i);
                Window window = claim.windows().get(i % claim.windows().size());
                RenderedSegment segment = rendered.get(i);
                puts.add(threads.submit(() -> put(id, window, segment)));
            }
        }
        var made = new ArrayList<MadeSegment>();
        for (Future<MadeSegment> put : puts) {
            made.add(result(put));
        }
        return made;
    }

    private static MadeSegment result(Future<MadeSegment> put)
            throws IOException, InterruptedException {
        try {
            return put.get();
        } catch (ExecutionException e) {
            throw new IOException("a segment could not be put into the store", e.getCause());
        }
    }

    private MadeSegment put(SegmentId id, Window window, RenderedSegment segment)
            throws IOException {
        String key =
                SegmentKeys.segment(
                        id.sessionId(),
                        id.rendition(),
                        id.generation(),
                        id.window(),
                        Renderer.digest(segment));
        objects.put(
                key, new ByteArrayInputStream(segment.bytes()), segment.sizeBytes(), CONTENT_TYPE);
        return new MadeSegment(id, window, segment, key);
    }
}
