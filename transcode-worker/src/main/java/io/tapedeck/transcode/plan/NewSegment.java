package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.story.Queue;
import java.time.Instant;

/// A segment that is due from now on.
///
/// @param queue that its jobs wait in
/// @param nextEmitAt when another job is sent if the first one gets lost
record NewSegment(Window window, PlannedRendition rendition, Queue queue, Instant nextEmitAt) {}
