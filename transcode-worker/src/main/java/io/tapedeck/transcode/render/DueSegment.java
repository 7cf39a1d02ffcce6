package io.tapedeck.transcode.render;

/// A segment that a job may take, as its row has it.
///
/// @param tried whether it was begun or has failed before
/// @param mine whether the job had taken it before
record DueSegment(long window, String rendition, int generation, boolean tried, boolean mine) {}
