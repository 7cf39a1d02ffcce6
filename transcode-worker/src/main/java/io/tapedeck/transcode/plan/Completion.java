package io.tapedeck.transcode.plan;

import io.tapedeck.ingest.contract.IndexRange;
import java.util.List;

/// What is known once no chunk will come any more.
///
/// @param chunkCount chunks that the session has, counting the missing ones
/// @param missing those that never came
record Completion(long chunkCount, List<IndexRange> missing) {
    Completion {
        missing = List.copyOf(missing);
    }

    /// Whether all chunks from `from` to `to`, exclusive, are known to be missing.
    boolean isMissing(long from, long to) {
        return missing.stream().anyMatch(hole -> hole.first() <= from && hole.last() + 1 == to);
    }
}
