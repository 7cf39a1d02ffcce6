package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.story.Queue;

/// A rendition that every window of its cut is rendered in.
///
/// @param rank 0 for what somebody may wait for while the session is live
record PlannedRendition(String name, int generation, Cut cut, int rank) {

    /// Where jobs for a window of it wait.
    ///
    /// @param window queue of the window itself
    Queue queue(Queue window) {
        return rank == 0 ? window : Queue.BACKLOG;
    }
}
