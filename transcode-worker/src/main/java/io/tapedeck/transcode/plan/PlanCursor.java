package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.plan.SessionPlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where planning stands in the chunk log and on the timeline.
///
/// @param nextChunk first chunk not yet planned
/// @param run announced run of the chunk before, null before the first
/// @param runOffsetBytes bytes of that run before `nextChunk`
/// @param lastChunkAt when the last chunk that was read was stored, null before the first
/// @param runBroken whether the rest of that run is of no use
/// @param afterHole whether chunks are missing of that run, or right before its beginning
/// @param plannerState parser and clocks of that run, null when it is over or broken
/// @param nextWindow number of the next run's first window; while a run is open, of that run's
/// @param nextOriginTicks where the next run starts; while one is open, where that does
/// @param nextSourceWindow as `nextWindow`, of those that are cut at the source's own pictures
/// @param cuttable whether everything so far could be cut so
/// @param leaptTicks how much of the timeline before the next run, or the open one, is empty
///   because clocks leapt
/// @param plannedTicks end of the last planned window
/// @param stretch that of the last planned window, null before the first
record PlanCursor(
        long nextChunk,
        @Nullable Integer run,
        long runOffsetBytes,
        @Nullable Instant lastChunkAt,
        boolean runBroken,
        boolean afterHole,
        byte @Nullable [] plannerState,
        long nextWindow,
        long nextOriginTicks,
        long nextSourceWindow,
        boolean cuttable,
        long leaptTicks,
        long plannedTicks,
        @Nullable Stretch stretch) {

    static final PlanCursor START =
            new PlanCursor(0, null, 0, null, false, false, null, 0, 0, 0, true, 0, 0, null);

    /// The plan in front of the next run, or of the open one.
    SessionPlan plan() {
        return new SessionPlan(nextWindow, nextOriginTicks, nextSourceWindow, cuttable, leaptTicks);
    }
}
