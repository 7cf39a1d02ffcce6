package io.tapedeck.transcode.convert;

import java.util.List;

/// A chunk of a run as it came.
///
/// @param sizeBytes 0 means that there is no object to read
record RunChunk(long index, String objectKey, long sizeBytes) {

    static long totalBytes(List<RunChunk> run) {
        return run.stream().mapToLong(RunChunk::sizeBytes).sum();
    }

    /// Whether chunks are missing between others.
    static boolean hasHoles(List<RunChunk> run) {
        return !run.isEmpty() && run.getLast().index() - run.getFirst().index() >= run.size();
    }
}
