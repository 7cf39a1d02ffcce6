package io.tapedeck.transcode.render;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegExit;
import io.tapedeck.ffmpeg.segment.RenderedSegment;
import io.tapedeck.ffmpeg.segment.SegmentRenderer;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.transcode.chunk.ChunkObjects;
import io.tapedeck.transcode.chunk.LostChunkException;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.DatabaseException;
import io.tapedeck.transcode.story.Queue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Does one render job. Thread-safe.
public final class Renderer {

    /// How long a rendering that was begun is nobody else's: longer than ffmpeg may take
    /// ([io.tapedeck.ffmpeg.segment.TimeLimit#LONGEST]), with a minute for the store.
    public static final Duration LEASE = Duration.ofMinutes(5);

    private static final System.Logger LOG = System.getLogger(Renderer.class.getName());
    private static final int DIGEST_CHARS = 16;
    private static final String UNKNOWN = "This part could not be rendered.";
    private static final String NOT_KEPT = "What this part was to be made of is not kept any more.";

    private static final String LOST =
            "This part is lost: its bytes are not in the store any more.";

    private final Segments segments;
    private final ObjectStore objects;
    private final ChunkObjects chunks;
    private final SegmentRenderer ffmpeg;
    private final SegmentRenderer yieldingFfmpeg;
    private final SegmentRenderer patientFfmpeg;
    private final RenderMeter meter;
    private final SegmentShelf shelf;
    private final int maxAttempts;
    private final int mostWindows;

    /// @param mostWindows rendered in one go
    Renderer(
            Segments segments,
            ObjectStore objects,
            SegmentRenderer ffmpeg,
            RenderMeter meter,
            int maxAttempts,
            int mostWindows) {
        this.segments = segments;
        this.objects = objects;
        this.chunks = new ChunkObjects(objects);
        this.ffmpeg = ffmpeg;
        this.yieldingFfmpeg = ffmpeg.yielding();
        this.patientFfmpeg = ffmpeg.patient();
        this.meter = meter;
        this.shelf = new SegmentShelf(objects);
        this.maxAttempts = maxAttempts;
        this.mostWindows = mostWindows;
    }

    /// Renders what is due of the window, and neighbours with it. When this returns, the job is
    /// done, whether well or not.
    ///
    /// @param queue that the job came from
    /// @throws IOException a neighbour failed; the job is to be done again, here or elsewhere
    /// @throws InterruptedException `cancellation` was thrown; the same holds
    /// @throws io.tapedeck.transcode.database.DatabaseException the same holds
    public void render(TranscodeJob.Render job, Queue queue, Cancellation cancellation)
            throws IOException, InterruptedException {
        WindowId lead = WindowId.of(job);
        boolean more = true;
        while (more) {
            Optional<Claim> due = claim(lead, queue);
            more = due.isPresent() && render(due.get(), cancellation);
        }
    }

    /// A window that cannot even be claimed has failed like one that cannot be rendered.
    private Optional<Claim> claim(WindowId lead, Queue queue) {
        try {
            return segments.claim(lead, queue, mostWindows(queue));
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "window makes no sense " + lead, e);
            segments.failed(lead, queue, UNKNOWN);
            meter.failed();
            return Optional.empty();
        }
    }

    /// Who waits for a window must not wait for its neighbours too; those have jobs of their own.
    private int mostWindows(Queue queue) {
        return queue == Queue.FRONT ? 1 : mostWindows;
    }

    /// @return whether the job has taken on more than this
    private boolean render(Claim claim, Cancellation cancellation)
            throws IOException, InterruptedException {
        if (claim.attempts() > maxAttempts) {
            return fail(
                    claim,
                    RenderFailure.once("This part took its worker down, several times over."));
        }
        if (!claim.isKept()) {
            return fail(claim, RenderFailure.once(NOT_KEPT));
        }
        long startNanos = System.nanoTime();
        List<RenderedSegment> rendered;
        try {
            rendered = SegmentWork.render(claim, chunks, renderer(claim), cancellation);
        } catch (LostChunkException e) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", claim.lead(), e.getMessage());
            return fail(claim, RenderFailure.retryable(LOST));
        } catch (IOException e) {
            segments.givenBack(claim);
            throw e;
        } catch (MediaException e) {
            return fail(claim, RenderFailure.once(words(e)));
        } catch (FfmpegException e) {
            return failed(claim, e);
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.log(System.Logger.Level.ERROR, "renderer defect " + claim.lead(), e);
            return fail(claim, RenderFailure.retryable(UNKNOWN));
        }
        meter.rendered(System.nanoTime() - startNanos, rendered.size());
        publish(claim, rendered);
        return claim.more();
    }

    private SegmentRenderer renderer(Claim claim) {
        return switch (claim.queue()) {
            case LIVE -> ffmpeg;
            case FRONT -> yieldingFfmpeg;
            case CONVERT, BACKLOG -> patientFfmpeg;
        };
    }

    private boolean failed(Claim claim, FfmpegException e) throws InterruptedException {
        if (e.exit() instanceof FfmpegExit.Cancelled) {
            segments.givenBack(claim);
            throw new InterruptedException("rendering cancelled");
        }
        boolean undecodable = e.exit() instanceof FfmpegExit.RefusedInput;
        return fail(claim, new RenderFailure(words(e), e.exit().retryable(), undecodable));
    }

    private void publish(Claim claim, List<RenderedSegment> rendered)
            throws IOException, InterruptedException {
        List<MadeSegment> made;
        try {
            made = shelf.put(claim, rendered);
        } catch (IOException | InterruptedException e) {
            segments.givenBack(claim);
            throw e;
        }
        List<MadeSegment> lost = segments.rendered(claim, made);
        if (!lost.isEmpty()) {
            objects.delete(lost.stream().map(MadeSegment::objectKey).toList());
        }
    }

    /// What the public address carries: enough of the digest that two results of one window never
    /// share an address.
    static String digest(RenderedSegment segment) {
        return segment.sha256().substring(0, DIGEST_CHARS);
    }

    private static String words(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), UNKNOWN);
    }

    /// @return whether the job goes on
    private boolean fail(Claim claim, RenderFailure failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "windows failed {0} count={1}: {2}",
                claim.lead(),
                claim.windows().size(),
                failure.reason());
        segments.failed(claim, failure);
        meter.failed();
        return claim.more() || claim.windows().size() > 1;
    }
}
