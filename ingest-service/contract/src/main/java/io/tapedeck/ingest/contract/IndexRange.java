package io.tapedeck.ingest.contract;

/// An inclusive range of chunk indexes.
///
/// @param first first index, 0 or more
/// @param last last index, not less than `first`
public record IndexRange(long first, long last) {
    public IndexRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("not a range: [%d,%d]".formatted(first, last));
        }
    }
}
