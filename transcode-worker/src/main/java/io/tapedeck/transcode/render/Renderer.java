package io.tapedeck.transcode.render;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegExit;
import io.tapedeck.ffmpeg.segment.RenderedSegment;
import io.tapedeck.ffmpeg.segment.SegmentRenderer;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.plan.WindowReader;
import io.tapedeck.transcode.chunk.ChunkObjects;
import io.tapedeck.transcode.chunk.LostChunkException;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.DatabaseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Does one render job. Thread-safe.
public final class Renderer {

    private static final System.Logger LOG = System.getLogger(Renderer.class.getName());
    private static final String CONTENT_TYPE = "video/mp2t";
    private static final int DIGEST_CHARS = 16;
    private static final String LOST =
            "This part is lost: its bytes are not in the store any more.";

    private final Segments segments;
    private final ObjectStore objects;
    private final ChunkObjects chunks;
    private final SegmentRenderer ffmpeg;
    private final RenderMeter meter;
    private final int maxAttempts;

    Renderer(
            Segments segments,
            ObjectStore objects,
            SegmentRenderer ffmpeg,
            RenderMeter meter,
            int maxAttempts) {
        this.segments = segments;
        this.objects = objects;
        this.chunks = new ChunkObjects(objects);
        this.ffmpeg = ffmpeg;
        this.meter = meter;
        this.maxAttempts = maxAttempts;
    }

    /// Renders the window if it is still due. When this returns, the job is done, whether well or
    /// not.
    ///
    /// @throws IOException a neighbour failed; the job is to be done again, here or elsewhere
    /// @throws InterruptedException `cancellation` was thrown; the same holds
    /// @throws io.tapedeck.transcode.database.DatabaseException the same holds
    public void render(TranscodeJob.Render job, Cancellation cancellation)
            throws IOException, InterruptedException {
        Optional<ClaimedSegment> due = claim(SegmentId.of(job));
        if (due.isEmpty()) {
            return;
        }
        ClaimedSegment claim = due.get();
        if (claim.attempts() > maxAttempts) {
            segments.failed(
                    claim.id(), "This part took its worker down, several times over.", false);
            meter.failed();
            return;
        }
        try {
            render(claim, cancellation);
        } catch (IOException e) {
            segments.givenBack(claim);
            throw e;
        }
    }

    /// A window that cannot even be claimed has failed like one that cannot be rendered.
    private Optional<ClaimedSegment> claim(SegmentId id) {
        try {
            return segments.claim(id);
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "window makes no sense " + id, e);
            fail(id, null, true);
            return Optional.empty();
        }
    }

    private void render(ClaimedSegment claim, Cancellation cancellation)
            throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        RenderedSegment segment;
        try {
            segment = ffmpeg.render(read(claim), claim.rendition(), cancellation);
        } catch (LostChunkException e) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", claim.id(), e.getMessage());
            fail(claim.id(), LOST, true);
            return;
        } catch (MediaException e) {
            fail(claim.id(), e.getMessage(), false);
            return;
        } catch (FfmpegException e) {
            failed(claim, e);
            return;
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.log(System.Logger.Level.ERROR, "renderer defect " + claim.id(), e);
            fail(claim.id(), null, true);
            return;
        }
        meter.rendered(System.nanoTime() - startNanos);
        publish(claim, segment);
    }

    private void failed(ClaimedSegment claim, FfmpegException e) throws InterruptedException {
        if (e.exit() instanceof FfmpegExit.Cancelled) {
            segments.givenBack(claim);
            throw new InterruptedException("rendering cancelled");
        }
        fail(claim.id(), e.getMessage(), e.exit().retryable());
    }

    private WindowInput read(ClaimedSegment claim) throws IOException, MediaException {
        try (InputStream span = new SliceStream(chunks, claim.source())) {
            return WindowReader.read(claim.window(), span, WindowReader.DEFAULT_LIMIT_BYTES);
        }
    }

    private void publish(ClaimedSegment claim, RenderedSegment segment) throws IOException {
        SegmentId id = claim.id();
        String key =
                SegmentKeys.segment(
                        id.sessionId(),
                        id.rendition(),
                        id.generation(),
                        id.window(),
                        digest(segment));
        objects.put(
                key, new ByteArrayInputStream(segment.bytes()), segment.sizeBytes(), CONTENT_TYPE);
        Optional<String> counts = segments.rendered(claim, segment, key);
        if (counts.isEmpty() || !counts.get().equals(key)) {
            objects.delete(List.of(key));
        }
    }

    /// What the public address carries: enough of the digest that two results of one window never
    /// share an address.
    static String digest(RenderedSegment segment) {
        return segment.sha256().substring(0, DIGEST_CHARS);
    }

    private void fail(SegmentId id, @Nullable String message, boolean again) {
        String reason = message == null ? "This part could not be rendered." : message;
        LOG.log(System.Logger.Level.WARNING, "window failed {0}: {1}", id, reason);
        segments.failed(id, reason, again);
        meter.failed();
    }
}
