package io.tapedeck.transcode.export;

/// A segment that goes into a file.
///
/// @param sizeBytes size of the object
record RenderedPart(String objectKey, long sizeBytes) {}
