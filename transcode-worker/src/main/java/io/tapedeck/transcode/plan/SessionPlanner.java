package io.tapedeck.transcode.plan;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.transcode.chunk.ChunkObjects;
import io.tapedeck.transcode.chunk.LostChunkException;
import io.tapedeck.transcode.ladder.Ladder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Brings a session's plan up to what is known of its chunks, round by round. Each round is bounded
/// in chunks and bytes, so that its cost does not grow with the session. Thread-safe; two calls for
/// the same session cost a lost round, nothing else.
final class SessionPlanner {

    /// A round holds a transaction's worth of windows, and stays short enough to be repeated.
    static final int ROUND_CHUNKS = 64;

    static final long ROUND_BYTES = 64L << 20;

    private static final System.Logger LOG = System.getLogger(SessionPlanner.class.getName());

    private final Plans plans;
    private final ChunkObjects objects;
    private final RemovedSession removal;
    private final Ladder ladder;

    SessionPlanner(Plans plans, ChunkObjects objects, RemovedSession removal, Ladder ladder) {
        this.plans = plans;
        this.objects = objects;
        this.removal = removal;
        this.ladder = ladder;
    }

    /// Plans a round of what can be planned now.
    ///
    /// @return whether another round may find something
    /// @throws IOException the object store failed, or a chunk is missing there that is not given
    ///   up yet; the round is to be repeated
    boolean advance(String sessionId) throws IOException {
        Optional<PlanRow> row = plans.load(sessionId);
        if (row.isEmpty()) {
            return false;
        }
        return switch (row.get().state()) {
            case PLANNING -> round(row.get());
            case PLANNED, FAILED -> false;
            case REMOVED -> {
                removal.sweep(row.get());
                yield false;
            }
        };
    }

    private boolean round(PlanRow row) throws IOException {
        long first = row.cursor().nextChunk();
        List<Chunk> known = plans.chunks(row.sessionId(), first, ROUND_CHUNKS);
        PlanRound round = new PlanRound(row, ladder);
        boolean whole = take(round, row, known);
        PlanStep step = round.step();
        if (step.changesNothing()) {
            return false;
        }
        if (!plans.commit(step)) {
            LOG.log(System.Logger.Level.DEBUG, "plan lost session={0}", row.sessionId());
            return true;
        }
        if (step.failure() != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "session failed session={0} code={1} message={2}",
                    row.sessionId(),
                    step.failure().kind().code(),
                    step.failure().message());
        }
        return !whole || known.size() == ROUND_CHUNKS;
    }

    /// @return false when the round was full before all known chunks were taken
    private boolean take(PlanRound round, PlanRow row, List<Chunk> known) throws IOException {
        long bytes = 0;
        for (Chunk chunk : known) {
            // Before the hole, which has to end up in the same round as what is behind it.
            if (bytes > 0 && bytes + chunk.sizeBytes() > ROUND_BYTES) {
                return false;
            }
            if (chunk.index() != round.nextChunk() && !passHoles(round, row, chunk.index())) {
                return true;
            }
            take(round, row, chunk);
            bytes += chunk.sizeBytes();
            if (round.over()) {
                return true;
            }
        }
        Completion completion = row.completion();
        if (completion != null
                && known.size() < ROUND_CHUNKS
                && (round.nextChunk() >= completion.chunkCount()
                        || passHoles(round, row, completion.chunkCount()))) {
            round.finish();
        }
        return true;
    }

    private void take(PlanRound round, PlanRow row, Chunk chunk) throws IOException {
        if (chunk.lost()) {
            round.lose(chunk);
            return;
        }
        try {
            round.take(chunk, c -> objects.open(c.objectKey(), 0, c.sizeBytes()));
        } catch (LostChunkException e) {
            plans.missed(row.sessionId(), chunk.index());
            throw e;
        }
    }

    /// Passes over the chunks up to `index`, if all of them are known to be missing.
    private static boolean passHoles(PlanRound round, PlanRow row, long index) {
        Completion completion = row.completion();
        if (completion == null) {
            return false;
        }
        Optional<IndexRange> hole = completion.holeAt(round.nextChunk());
        if (hole.isEmpty() || hole.get().last() + 1 != index) {
            return false;
        }
        round.skip(new IndexRange(round.nextChunk(), index - 1));
        return true;
    }
}
