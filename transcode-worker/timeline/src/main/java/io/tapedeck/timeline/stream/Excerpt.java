package io.tapedeck.timeline.stream;

/// What a reader needs where a stream's bytes do not tell themselves what is in them.
///
/// @param fromBytes where the frames' bytes begin in the run
/// @param toBytes where they end
/// @param description where each of them is
public record Excerpt(long fromBytes, long toBytes, byte[] description) {}
