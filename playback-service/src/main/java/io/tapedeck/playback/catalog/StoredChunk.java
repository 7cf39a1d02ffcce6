package io.tapedeck.playback.catalog;

/// Bytes of a session as they came.
///
/// @param index place in the session, from 0, through all runs
/// @param run the unbroken byte stream it belongs to
/// @param sizeBytes 0 is legal, and then there is no object
public record StoredChunk(long index, int run, String objectKey, long sizeBytes) {}
