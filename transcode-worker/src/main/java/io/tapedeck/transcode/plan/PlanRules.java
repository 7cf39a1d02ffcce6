package io.tapedeck.transcode.plan;

import io.tapedeck.transcode.ladder.Ladder;
import java.time.Duration;

/// What an operator decided about planning.
///
/// @param ladder renditions that are encoded
/// @param passthrough whether H.264 is offered as it came, too
/// @param holePatience how long a live session's timeline waits for a chunk while later ones are
///   there
record PlanRules(Ladder ladder, boolean passthrough, Duration holePatience) {}
