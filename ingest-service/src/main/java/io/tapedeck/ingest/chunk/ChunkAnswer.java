package io.tapedeck.ingest.chunk;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;

/// The one place where a decision about a chunk becomes an answer.
final class ChunkAnswer {

    private ChunkAnswer() {}

    /// @return true when it is to store, false when there is nothing to do
    /// @throws ProblemException it was no
    static boolean accepted(ChunkDecision decision) {
        return switch (decision) {
            case ChunkDecision.Store _ -> true;
            case ChunkDecision.Same _ -> false;
            case ChunkDecision.Conflict _ ->
                    throw new ProblemException(
                            IngestProblem.CHUNK_CONFLICT,
                            "What is stored stays. Send new bytes under a new index.");
            case ChunkDecision.RunFalls(int lowest, int highest) ->
                    throw new ProblemException(
                                    IngestProblem.RUN_FALLS,
                                    "Runs rise with the index. Send the run of the recorder start"
                                            + " that made these bytes.")
                            .with("lowestRun", lowest)
                            .with("highestRun", highest);
            case ChunkDecision.Closed _ ->
                    throw new ProblemException(
                            IngestProblem.SESSION_CLOSED,
                            "It was completed. Open another session for new chunks.");
            case ChunkDecision.Deleted _ ->
                    throw new ProblemException(
                            IngestProblem.SESSION_DELETED, "Its owner deleted it. Stop sending.");
            case ChunkDecision.Full _ ->
                    throw new ProblemException(
                            IngestProblem.SESSION_FULL,
                            "Complete this session and open another one.");
        };
    }
}
