package io.tapedeck.transcode.plan;

import java.time.Instant;

/// A chunk of the log, as planning needs it.
///
/// @param sizeBytes 0 means that there is no object to read
/// @param storedAt when ingest committed it
record Chunk(long index, int run, String objectKey, long sizeBytes, Instant storedAt) {}
