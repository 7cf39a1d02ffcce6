package io.tapedeck.transcode.plan;

import io.tapedeck.ingest.contract.IndexRange;
import java.util.List;
import java.util.Optional;

/// What is known once no chunk will come any more.
///
/// @param chunkCount chunks that the session has, counting the missing ones
/// @param missing those that never came
record Completion(long chunkCount, List<IndexRange> missing) {
    Completion {
        missing = List.copyOf(missing);
    }

    /// The hole that begins at or covers `index`.
    Optional<IndexRange> holeAt(long index) {
        return missing.stream()
                .filter(hole -> hole.first() <= index && index <= hole.last())
                .findFirst();
    }
}
