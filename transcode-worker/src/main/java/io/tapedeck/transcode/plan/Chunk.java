package io.tapedeck.transcode.plan;

import java.time.Duration;
import java.time.Instant;

/// A chunk of the log, as planning needs it. One of a converted run is an equal share of what came
/// out, all shares lying in one object; nothing is missing between two of them. So is one of a run
/// of which only the frames were listed.
///
/// @param offsetBytes where it begins in the object
/// @param sizeBytes of what is read; 0 means that there is no object to read
/// @param runBytes how much of its run it is: the same, unless it is indexed
/// @param converted whether it is a share of what was made of its run
/// @param indexed whether that only lists the run's frames
/// @param storedAt when ingest committed it
/// @param toldAt when the worker heard of it
/// @param misses how often its object was found missing or too short
record Chunk(
        long index,
        int run,
        String objectKey,
        long offsetBytes,
        long sizeBytes,
        long runBytes,
        boolean converted,
        boolean indexed,
        Instant storedAt,
        Instant toldAt,
        int misses) {

    /// One that is read as it came, or as what it was converted to.
    Chunk(
            long index,
            int run,
            String objectKey,
            long offsetBytes,
            long sizeBytes,
            boolean converted,
            Instant storedAt,
            Instant toldAt,
            int misses) {
        this(
                index,
                run,
                objectKey,
                offsetBytes,
                sizeBytes,
                sizeBytes,
                converted,
                false,
                storedAt,
                toldAt,
                misses);
    }

    /// Misses that are closer together count once: an object may be late.
    static final Duration MISSES_APART = Duration.ofSeconds(1);

    /// From so many on nobody looks for it any more.
    static final int MISSES_OF_LOST = 3;

    boolean lost() {
        return misses >= MISSES_OF_LOST;
    }
}
