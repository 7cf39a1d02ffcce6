package io.tapedeck.ingest.session;

import io.tapedeck.ingest.contract.IndexRange;
import java.util.List;
import java.util.OptionalLong;

/// What becomes of a client's wish to complete its session.
sealed interface CompletionDecision {

    /// Close it with this many chunks, of which some may be missing.
    record Complete(long chunkCount, List<IndexRange> missing) implements CompletionDecision {}

    /// It was closed with the same count: the wish came twice.
    record Repeated(long chunkCount) implements CompletionDecision {}

    /// It was closed with another count.
    record Otherwise(long chunkCount) implements CompletionDecision {}

    /// Not yet: these are missing.
    record Missing(long chunkCount, List<IndexRange> missing) implements CompletionDecision {}

    /// The client declares fewer chunks than it sent.
    record Undeclared(long storedCount) implements CompletionDecision {}

    /// It was deleted.
    record Deleted() implements CompletionDecision {}

    /// @param declared how many chunks the client says there are; empty for as many as came
    /// @param allowGaps close it even so
    static CompletionDecision of(
            SessionState state,
            ReceivedIndexes received,
            OptionalLong declared,
            boolean allowGaps) {
        return switch (state) {
            case SessionState.Hidden _ -> new Deleted();
            case SessionState.Completing(long count) ->
                    declared.orElse(count) == count ? new Repeated(count) : new Otherwise(count);
            case SessionState.Open _ -> open(received, declared, allowGaps);
        };
    }

    private static CompletionDecision open(
            ReceivedIndexes received, OptionalLong declared, boolean allowGaps) {
        long count = declared.orElse(received.nextIndex());
        if (count < received.nextIndex()) {
            return new Undeclared(received.nextIndex());
        }
        List<IndexRange> missing = received.missing(count);
        return missing.isEmpty() || allowGaps
                ? new Complete(count, missing)
                : new Missing(count, missing);
    }
}
