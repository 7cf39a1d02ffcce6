package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.Queue;

/// A rendition that every window of its cut is rendered in.
///
/// @param rank 0 for what somebody may wait for while the session is live
/// @param widthPixels 0 without pictures
/// @param heightPixels 0 without pictures
record PlannedRendition(
        String name, int generation, Cut cut, int rank, int widthPixels, int heightPixels) {

    static PlannedRendition of(NewRendition planned, int generation) {
        return new PlannedRendition(
                planned.rendition().name(),
                generation,
                planned.cut(),
                planned.rank(),
                planned.rendition().widthPixels(),
                planned.rendition().heightPixels());
    }

    /// Where jobs for a window of it wait.
    ///
    /// @param window queue of the window itself
    /// @param copied whether viewers have the recorder's own pictures meanwhile
    Queue queue(Queue window, boolean copied) {
        boolean awaited = rank == 0 && !(copied && cut == Cut.GRID);
        return awaited ? window : Queue.BACKLOG;
    }

    EventDraft planned(PlanRow plan) {
        return (sequence, at) ->
                new TranscodeEvent.RenditionPlanned(
                        plan.sessionId(),
                        sequence,
                        at,
                        name,
                        generation,
                        widthPixels,
                        heightPixels,
                        NewRendition.targetDurationSeconds(cut, plan.grid()),
                        plan.plan(),
                        false);
    }

    EventDraft ended(String sessionId, long windowCount) {
        return (sequence, at) ->
                new TranscodeEvent.RenditionEnded(
                        sessionId, sequence, at, name, generation, windowCount);
    }
}
