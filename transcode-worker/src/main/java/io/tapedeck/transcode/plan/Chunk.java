package io.tapedeck.transcode.plan;

import java.time.Duration;
import java.time.Instant;

/// A chunk of the log, as planning needs it. One of a converted run is an equal share of what came
/// out, all shares lying in one object; nothing is missing between two of them.
///
/// @param offsetBytes where it begins in the object
/// @param sizeBytes 0 means that there is no object to read
/// @param storedAt when ingest committed it
/// @param toldAt when the worker heard of it
/// @param misses how often its object was found missing or too short
record Chunk(
        long index,
        int run,
        String objectKey,
        long offsetBytes,
        long sizeBytes,
        boolean converted,
        Instant storedAt,
        Instant toldAt,
        int misses) {

    /// Misses that are closer together count once: an object may be late.
    static final Duration MISSES_APART = Duration.ofSeconds(1);

    /// From so many on nobody looks for it any more.
    static final int MISSES_OF_LOST = 3;

    boolean lost() {
        return misses >= MISSES_OF_LOST;
    }
}
