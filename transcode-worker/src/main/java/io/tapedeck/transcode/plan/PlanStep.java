package io.tapedeck.transcode.plan;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.Generation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a round decided: the rows to write and the events to tell, all or nothing.
///
/// @param before what it was decided on
/// @param failure set when `state` is failed
/// @param windowCount windows of the session so far
/// @param renditions decided on in this round, best first
/// @param offsets where the planned chunks lie in their runs
/// @param newestChunkAt when the newest of the planned chunks was stored, null without one
record PlanStep(
        PlanRow before,
        PlanState state,
        @Nullable Failure failure,
        PlanCursor cursor,
        List<Gap> gaps,
        List<PlannedWindow> windows,
        long windowCount,
        List<Rendition> renditions,
        List<ChunkOffset> offsets,
        @Nullable Instant newestChunkAt) {

    /// Windows are cut on a grid of 2 s and never longer.
    static final int TARGET_DURATION_SECONDS = 2;

    /// @param offsetBytes bytes of its run before it
    record ChunkOffset(long index, long offsetBytes) {}

    PlanStep {
        gaps = List.copyOf(gaps);
        windows = List.copyOf(windows);
        renditions = List.copyOf(renditions);
        offsets = List.copyOf(offsets);
    }

    boolean changesNothing() {
        return state == before.state()
                && cursor.nextChunk() == before.cursor().nextChunk()
                && offsets.isEmpty();
    }

    /// What the world is told, in this order.
    List<EventDraft> events() {
        var events = new ArrayList<EventDraft>();
        for (Rendition planned : renditions) {
            events.add((sequence, at) -> renditionPlanned(planned, sequence, at));
        }
        if (!windows.isEmpty() || !gaps.equals(before.gaps()) || state == PlanState.PLANNED) {
            events.add(this::planned);
        }
        Failure failed = failure;
        if (failed != null) {
            events.add((sequence, at) ->
                    new TranscodeEvent.Failed(
                            before.sessionId(),
                            sequence,
                            at,
                            failed.kind().code(),
                            failed.message()));
        }
        return events;
    }

    private TranscodeEvent renditionPlanned(Rendition planned, long sequence, Instant at) {
        return new TranscodeEvent.RenditionPlanned(
                before.sessionId(),
                sequence,
                at,
                planned.name(),
                Generation.FIRST,
                planned.widthPixels(),
                planned.heightPixels(),
                TARGET_DURATION_SECONDS);
    }

    private TranscodeEvent planned(long sequence, Instant at) {
        return new TranscodeEvent.Planned(
                before.sessionId(),
                sequence,
                at,
                windowCount,
                cursor.plannedTicks(),
                state == PlanState.PLANNED,
                gaps);
    }
}
