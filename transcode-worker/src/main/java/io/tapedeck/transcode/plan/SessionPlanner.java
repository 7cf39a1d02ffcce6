package io.tapedeck.transcode.plan;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.transcode.chunk.ChunkObjects;
import io.tapedeck.transcode.chunk.LostChunkException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Brings a session's plan up to what is known of its chunks, round by round. Each round is bounded
/// in chunks, bytes and windows, so that its cost does not grow with the session. Thread-safe; two
/// calls for the same session cost a lost round, nothing else.
final class SessionPlanner {

    /// A round holds a transaction's worth of windows, and stays short enough to be repeated.
    static final int ROUND_CHUNKS = 64;

    static final long ROUND_BYTES = 64L << 20;

    /// Of a file that could be planned as a whole at once: few, so that rendering begins.
    static final int FIRST_WINDOWS = 60;

    /// Of such a file's later rounds: whoever has rendered a window waits for them to be written.
    static final int FILE_WINDOWS = 400;

    /// More than an hour. The chunk that brings more is taken to its end.
    static final int ROUND_WINDOWS = 2000;

    private static final System.Logger LOG = System.getLogger(SessionPlanner.class.getName());

    private final Plans plans;
    private final ChunkObjects objects;
    private final RemovedSession removal;
    private final PlanRules rules;
    private final InstantSource clock;

    SessionPlanner(
            Plans plans,
            ChunkObjects objects,
            RemovedSession removal,
            PlanRules rules,
            InstantSource clock) {
        this.plans = plans;
        this.objects = objects;
        this.removal = removal;
        this.rules = rules;
        this.clock = clock;
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
            case CONVERTING ->
                    !row.get().isConversionDue()
                            && plans.commit(
                                    PlanStep.converted(row.get(), plans.isIncomplete(row.get())));
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
        PlanRound round = begin(row);
        boolean whole = take(round, row, known);
        PlanStep step = round.step();
        if (step.changesNothing()) {
            return false;
        }
        if (!plans.commit(step)) {
            LOG.log(System.Logger.Level.DEBUG, "plan lost session={0}", row.sessionId());
            return true;
        }
        report(step);
        return !whole || step.again() || known.size() == ROUND_CHUNKS;
    }

    private static void report(PlanStep step) {
        String session = step.before().sessionId();
        if (step.state() == PlanState.FAILED && step.failure() != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "session failed session={0} code={1} message={2}",
                    session,
                    step.failure().kind().code(),
                    step.failure().message());
        }
        if (step.again()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "session planned again, there is more to show session={0}",
                    session);
        }
    }

    private PlanRound begin(PlanRow row) throws IOException {
        byte[] saved = row.cursor().plannerState();
        if (saved == null) {
            return new PlanRound(row, null, rules);
        }
        try {
            return new PlanRound(row, RunPlanner.restore(saved), rules);
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "run planned anew, saved state cannot be read session={0}: {1}",
                    row.sessionId(),
                    e.getMessage());
            return replay(row);
        }
    }

    private PlanRound replay(PlanRow row) throws IOException {
        Integer run = row.cursor().run();
        if (run != null) {
            var replay = new Replay(row.cursor(), run, row.cursor().plan(), row.grid());
            try {
                feed(replay, row);
                Optional<RunPlanner> planner = replay.planner();
                if (planner.isPresent()) {
                    return new PlanRound(row, planner.get(), rules);
                }
            } catch (MediaException e) {
                LOG.log(System.Logger.Level.DEBUG, "replay failed session=" + row.sessionId(), e);
            }
        }
        var round = new PlanRound(row, null, rules);
        round.abandon(plans.behind(row));
        return round;
    }

    private void feed(Replay replay, PlanRow row) throws IOException, MediaException {
        long next = 0;
        List<Chunk> taken;
        do {
            taken = plans.taken(row, next, ROUND_CHUNKS);
            for (Chunk chunk : taken) {
                try {
                    replay.take(chunk, this::open);
                } catch (LostChunkException e) {
                    plans.missed(row.sessionId(), chunk.index());
                    throw e;
                }
                next = chunk.index() + 1;
            }
        } while (taken.size() == ROUND_CHUNKS);
    }

    private InputStream open(Chunk chunk) throws IOException {
        return objects.open(chunk.objectKey(), chunk.offsetBytes(), chunk.sizeBytes());
    }

    /// @return false when the round was full before all known chunks were taken
    private boolean take(PlanRound round, PlanRow row, List<Chunk> known) throws IOException {
        long bytes = 0;
        for (int i = 0; i < known.size(); i++) {
            Chunk chunk = known.get(i);
            // Before the hole, which has to end up in the same round as what is behind it.
            if (bytes > 0 && (isFull(round, bytes + chunk.sizeBytes()) || isUrgent(round, chunk))) {
                return false;
            }
            if (chunk.index() != round.nextChunk()
                    && !passHoles(round, row, known.subList(i, known.size()))) {
                return true;
            }
            take(round, row, chunk);
            bytes += chunk.sizeBytes();
        }
        Completion completion = row.completion();
        if (completion != null && known.size() < ROUND_CHUNKS && passEnd(round, row, completion)) {
            round.finish(plans.isIncomplete(row));
        }
        return true;
    }

    private static boolean isFull(PlanRound round, long bytes) {
        return bytes > ROUND_BYTES || round.windows() >= ROUND_WINDOWS;
    }

    /// Whether there are windows of a file that somebody may be waiting for.
    private static boolean isUrgent(PlanRound round, Chunk next) {
        return next.indexed()
                && round.windows() >= (round.isFirst() ? FIRST_WINDOWS : FILE_WINDOWS);
    }

    private void take(PlanRound round, PlanRow row, Chunk chunk) throws IOException {
        if (chunk.lost()) {
            round.lose(chunk);
            return;
        }
        try {
            round.take(chunk, this::open);
        } catch (LostChunkException e) {
            plans.missed(row.sessionId(), chunk.index());
            throw e;
        }
    }

    /// Passes over the chunks before the first of `later`, if nobody waits for them any more.
    private boolean passHoles(PlanRound round, PlanRow row, List<Chunk> later) {
        long index = later.getFirst().index();
        long hole = Math.max(round.nextChunk(), row.history().forgottenBelow());
        if (hole < index && !isGivenUp(round, row, hole, later)) {
            return false;
        }
        round.skip(new IndexRange(round.nextChunk(), index - 1));
        return true;
    }

    /// @param hole first chunk that is missing and was not forgotten
    private boolean isGivenUp(PlanRound round, PlanRow row, long hole, List<Chunk> later) {
        Completion completion = row.completion();
        if (completion != null) {
            return completion.isMissing(hole, later.getFirst().index());
        }
        // Before the first chunk there is nothing that could go on.
        if (!row.live() || !round.hasBegun()) {
            return false;
        }
        Instant patient = clock.instant().minus(rules.holePatience());
        return later.stream().anyMatch(chunk -> !chunk.toldAt().isAfter(patient));
    }

    /// Passes over what is missing at the end.
    private static boolean passEnd(PlanRound round, PlanRow row, Completion completion) {
        long end = completion.chunkCount();
        long hole = Math.max(round.nextChunk(), row.history().forgottenBelow());
        if (round.nextChunk() >= end) {
            return true;
        }
        if (hole < end && !completion.isMissing(hole, end)) {
            return false;
        }
        round.skip(new IndexRange(round.nextChunk(), end - 1));
        return true;
    }
}
