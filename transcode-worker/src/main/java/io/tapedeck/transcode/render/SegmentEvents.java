package io.tapedeck.transcode.render;

import io.tapedeck.ffmpeg.segment.RenderedSegment;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.story.EventDraft;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the world is told of a settled segment.
final class SegmentEvents {

    private SegmentEvents() {}

    /// Where a window lies on the session's timeline.
    ///
    /// @param recordedAt null if unknown
    record Place(
            int stretch,
            long sessionStartTicks,
            long durationTicks,
            @Nullable Instant recordedAt) {}

    /// A window is rendered.
    static EventDraft ready(Claim claim, MadeSegment made) {
        SegmentId id = made.id();
        Window window = made.window();
        RenderedSegment segment = made.segment();
        return (sequence, at) ->
                new TranscodeEvent.SegmentReady(
                        id.sessionId(),
                        sequence,
                        at,
                        id.rendition(),
                        id.generation(),
                        id.window(),
                        claim.stretch(),
                        window.sessionStartTicks(),
                        window.durationTicks(),
                        made.objectKey(),
                        Renderer.digest(segment),
                        segment.sizeBytes(),
                        segment.codecs(),
                        segment.frames(),
                        claim.recordedAt(window));
    }

    /// A window has become a gap.
    static EventDraft failed(SegmentId id, Place place, String reason) {
        return (sequence, at) ->
                new TranscodeEvent.WindowFailed(
                        id.sessionId(),
                        sequence,
                        at,
                        id.rendition(),
                        id.generation(),
                        id.window(),
                        place.stretch(),
                        place.sessionStartTicks(),
                        place.durationTicks(),
                        reason,
                        place.recordedAt());
    }
}
