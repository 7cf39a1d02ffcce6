package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.story.Queue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A segment of a window that was just planned.
///
/// @param queue that its jobs wait in
/// @param nextEmitAt when another job is sent if the first one gets lost
/// @param taken what a plan before made of just the same window; null when it is due
record NewSegment(
        PlannedWindow planned,
        PlannedRendition rendition,
        Queue queue,
        Instant nextEmitAt,
        @Nullable TakenSegment taken) {

    Window window() {
        return planned.window();
    }

    boolean isDue() {
        return taken == null;
    }
}
