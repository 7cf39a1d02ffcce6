package io.tapedeck.checker;

import java.nio.file.Path;

/// A segment as a playlist lists it.
///
/// @param file its bytes
/// @param seconds its EXTINF
/// @param discontinuity whether EXT-X-DISCONTINUITY comes before it: a new run starts
public record Segment(Path file, double seconds, boolean discontinuity) {}
