package io.tapedeck.ingest.chunk;

/// A chunk whose bytes were read to their end.
///
/// @param index number in the session, from 0
/// @param run byte stream it belongs to, from 0
/// @param sizeBytes how many bytes
/// @param sha256 their digest, lower-case hex
public record ChunkOffer(long index, int run, long sizeBytes, String sha256) {}
