package io.tapedeck.transcode.plan;

/// A failure and its words.
///
/// @param message for people
record Failure(PlanFailure kind, String message) {}
