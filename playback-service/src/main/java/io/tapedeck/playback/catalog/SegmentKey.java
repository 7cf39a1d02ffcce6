package io.tapedeck.playback.catalog;

/// Which window of which rendering. What became of it never changes, so this is a lasting address
/// of its bytes as well.
///
/// @param window number of the window in the rendition, from 0
public record SegmentKey(String sessionId, String rendition, int generation, long window) {}
