package io.tapedeck.transcode.preview;

/// A rendered segment whose first picture can be shown.
///
/// @param startTicks on the session's timeline
record Shot(long window, long startTicks, long endTicks, String objectKey, long sizeBytes) {}
