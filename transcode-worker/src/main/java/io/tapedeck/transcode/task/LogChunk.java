package io.tapedeck.transcode.task;

/// A chunk of a log that goes into a file.
///
/// @param sizeBytes of the object; at least 1
public record LogChunk(int run, String objectKey, long sizeBytes) {}
