package io.tapedeck.transcode.plan;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Cut;

/// A rendition that a round decided on.
///
/// @param rank 0 for what somebody may wait for while the session is live
record NewRendition(Rendition rendition, Cut cut, int rank) {

    /// Upper bound of a segment's rounded duration.
    static int targetDurationSeconds(Cut cut) {
        return switch (cut) {
            case GRID -> 2;
            case SOURCE -> 10;
        };
    }
}
