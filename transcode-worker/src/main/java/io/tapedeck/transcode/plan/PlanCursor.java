package io.tapedeck.transcode.plan;

import org.jspecify.annotations.Nullable;

/// Where planning stands in the chunk log and on the timeline.
///
/// @param nextChunk first chunk not yet planned
/// @param run announced run of the chunk before, null before the first
/// @param runOffsetBytes bytes of that run before `nextChunk`
/// @param runBroken whether the rest of that run is of no use
/// @param afterHole whether chunks are missing of that run, or right before its beginning
/// @param plannerState parser and clocks of that run, null when it is over or broken
/// @param nextWindow number of the next run's first window
/// @param nextOriginTicks where the next run starts
/// @param plannedTicks end of the last planned window
/// @param stretch that of the last planned window, null before the first
record PlanCursor(
        long nextChunk,
        @Nullable Integer run,
        long runOffsetBytes,
        boolean runBroken,
        boolean afterHole,
        byte @Nullable [] plannerState,
        long nextWindow,
        long nextOriginTicks,
        long plannedTicks,
        @Nullable Stretch stretch) {

    static final PlanCursor START = new PlanCursor(0, null, 0, false, false, null, 0, 0, 0, null);
}
