package io.tapedeck.transcode.plan;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.plan.Grid;

/// A rendition that a round decided on.
///
/// @param rank 0 for what somebody may wait for while the session is live
record NewRendition(Rendition rendition, Cut cut, int rank) {

    /// Upper bound of a segment's rounded duration.
    static int targetDurationSeconds(Cut cut, Grid grid) {
        return switch (cut) {
            case GRID -> (int) (grid.slotTicks() / Ticks.PER_SECOND);
            case SOURCE -> 10;
        };
    }
}
