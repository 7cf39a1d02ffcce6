package io.tapedeck.ingest.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.contract.IndexRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session that is closing.
///
/// @param chunks counting the missing ones
/// @param missing inclusive ranges; absent when the request was a repetition
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CompletionAnswer(
        String id, String state, long chunks, @Nullable List<List<Long>> missing) {

    /// The one place where a decision becomes an answer.
    ///
    /// @throws ProblemException it was no
    static CompletionAnswer of(String id, CompletionDecision decision) {
        return switch (decision) {
            case CompletionDecision.Complete(long count, var missing) ->
                    new CompletionAnswer(id, "completing", count, pairs(missing));
            case CompletionDecision.Repeated(long count) ->
                    new CompletionAnswer(id, "completing", count, null);
            case CompletionDecision.Missing(long count, var missing) ->
                    throw new ProblemException(
                                    IngestProblem.CHUNKS_MISSING,
                                    "Send the missing chunks and complete again, or complete with"
                                            + " allowGaps.")
                            .with("chunks", count)
                            .with("missing", pairs(missing));
            case CompletionDecision.Undeclared(long stored) ->
                    throw new ProblemException(
                                    IngestProblem.CHUNKS_UNDECLARED,
                                    "Chunks up to number %d are stored. Declare all of them."
                                            .formatted(stored - 1))
                            .with("nextIndex", stored);
            case CompletionDecision.Otherwise(long count) ->
                    throw new ProblemException(
                                    IngestProblem.ALREADY_COMPLETED,
                                    "It was completed with %d chunks and stays so."
                                            .formatted(count))
                            .with("chunks", count);
            case CompletionDecision.Deleted _ ->
                    throw new ProblemException(
                            IngestProblem.SESSION_DELETED,
                            "Its owner deleted it. Open another one.");
        };
    }

    private static List<List<Long>> pairs(List<IndexRange> ranges) {
        return ranges.stream().map(range -> List.of(range.first(), range.last())).toList();
    }
}
