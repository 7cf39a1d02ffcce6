package io.tapedeck.transcode.task;

/// A segment that goes into a file.
///
/// @param sizeBytes size of the object
public record RenderedPart(String objectKey, long sizeBytes) {}
