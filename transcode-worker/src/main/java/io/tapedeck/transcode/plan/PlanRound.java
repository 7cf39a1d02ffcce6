package io.tapedeck.transcode.plan;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.ForeignContainerException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.timeline.plan.SessionPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One round of planning: takes chunks in order, passes over holes, comes to the end, and says what
/// came of it. Touches nothing but the bytes it is handed. Used once, by one thread.
final class PlanRound {

    /// Half a day, which is more than honest bytes of one chunk hold: even of silence.
    private static final int MOST_WINDOWS_OF_CHUNK = 25_000;

    private static final String JUMPY =
            "This part of the recording claims to be longer than its bytes can be.";

    private static final System.Logger LOG = System.getLogger(PlanRound.class.getName());

    private final PlanRow before;
    private final SessionTimeline timeline;
    private final RenditionChoice renditions;
    private final RunConversions conversions;
    private final GapList gaps;
    private final LogPosition log;
    private @Nullable Failure failure;
    private Outcome outcome;
    private @Nullable Instant lastChunkAt;
    private boolean runBroken;
    private boolean afterHole;
    private @Nullable RunPlanner planner;
    private SessionPlan nextRun;

    /// @param open the planner of the row's open run, null when none is open
    PlanRound(PlanRow row, @Nullable RunPlanner open, PlanRules rules) {
        before = row;
        PlanCursor cursor = row.cursor();
        timeline = new SessionTimeline(cursor, open);
        renditions = new RenditionChoice(rules.ladder(), row.ladder());
        conversions = new RunConversions(row);
        gaps = new GapList(row.gaps());
        failure = row.failure();
        outcome = Outcome.of(row.state());
        log = new LogPosition(cursor);
        lastChunkAt = cursor.lastChunkAt();
        runBroken = cursor.runBroken();
        afterHole = cursor.afterHole();
        planner = open;
        nextRun = rules.passthrough() ? cursor.plan() : cursor.plan().uncut();
    }

    long nextChunk() {
        return log.nextChunk();
    }

    /// How many windows it has planned.
    int windows() {
        return timeline.added().size();
    }

    /// Whether there was no window before it.
    boolean isFirst() {
        return before.cursor().stretch() == null;
    }

    /// Whether a chunk was taken, in this round or before it.
    boolean hasBegun() {
        return log.run() != null;
    }

    /// Takes the next chunk.
    ///
    /// @throws IOException its bytes could not be read; the round is spoilt
    void take(Chunk chunk, ChunkBytes source) throws IOException {
        arrive(chunk);
        lastChunkAt = chunk.storedAt();
        RunPlanner open = planner;
        if (open != null) {
            int most = timeline.added().size() + MOST_WINDOWS_OF_CHUNK;
            source.pour(chunk, bytes -> feed(open, bytes) && isPlausible(most));
        }
        log.pass(chunk);
    }

    /// Takes the next chunk, whose bytes are lost.
    void lose(Chunk chunk) {
        arrive(chunk);
        if (planner != null) {
            skipTo(planner, log.runOffsetBytes() + chunk.runBytes(), GapList.lost(chunk));
        }
        log.pass(chunk);
    }

    private void arrive(Chunk chunk) {
        IndexRange hole = log.hole();
        if (log.isOfAnotherRun(chunk)) {
            endRun();
            listHole();
            startRun(chunk);
        } else if (chunk.converted()) {
            listHole();
        } else if (hole != null && planner != null) {
            skipTo(planner, log.runOffsetBytes(), missing(hole));
        }
    }

    /// Goes on behind lost bytes, if that is possible.
    private void skipTo(RunPlanner open, long offsetBytes, String words) {
        afterHole = true;
        try {
            plan(open.skipTo(offsetBytes), open.tracks());
            gaps.add(timeline.endTicks(), words);
            gaps.addAll(open.losses());
        } catch (MediaException _) {
            endRun();
            runBroken = true;
            gaps.add(timeline.endTicks(), words);
            gaps.addUnreadable(timeline.endTicks());
        } catch (RuntimeException e) {
            defect(e);
        }
    }

    /// Passes over chunks that will not come, or not soon enough.
    void skip(IndexRange missing) {
        log.skip(missing);
    }

    /// The open run, whose planner could not be restored, cannot be planned on.
    ///
    /// @param behind all windows that there are
    void abandon(SessionPlan behind) {
        planner = null;
        runBroken = true;
        nextRun = behind;
        timeline.resume(behind);
        gaps.add(timeline.endTicks(), "This part of the recording could not be read on.");
    }

    /// Comes to the end of the session.
    ///
    /// @param incomplete whether chunks came too late for this plan
    void finish(boolean incomplete) {
        endRun();
        listHole();
        boolean empty = timeline.windowCount() == 0;
        boolean again = before.showsMoreAgain(incomplete, renditions.choice().outgrown());
        outcome = Outcome.atEnd(conversions, again, empty, failure, gaps.isEmpty());
    }

    PlanStep step() {
        return new PlanStep(
                before,
                outcome.state(),
                timeline.windowCount() == 0 ? reason() : null,
                outcome.again(),
                new PlanCursor(
                        log.nextChunk(),
                        log.run(),
                        log.runOffsetBytes(),
                        lastChunkAt,
                        runBroken,
                        afterHole,
                        planner == null ? null : planner.save(),
                        nextRun.nextWindow(),
                        nextRun.nextOriginTicks(),
                        nextRun.nextSourceWindow(),
                        planner == null ? nextRun.cuttable() : planner.isCuttable(),
                        nextRun.leaptTicks(),
                        timeline.endTicks(),
                        timeline.stretch()),
                gaps.all(),
                timeline.added(),
                timeline.windowCount(),
                timeline.sourceWindowCount(),
                renditions.added(),
                renditions.choice(),
                conversions.added(),
                log.passed(),
                log.newestChunkAt());
    }

    /// Why there is nothing to show so far.
    private @Nullable Failure reason() {
        return outcome.failure() == null ? failure : outcome.failure();
    }

    private void startRun(Chunk first) {
        log.startRun(first.run());
        runBroken = false;
        afterHole = log.hole() != null;
        // In months of a camera clocks may leap more often than in any recording that has an end.
        SessionPlan begin = before.history().isSliding() ? nextRun.withoutLeaps() : nextRun;
        planner =
                first.indexed()
                        ? begin.startIndexed(first.run(), before.grid())
                        : begin.start(first.run(), before.grid());
    }

    private void endRun() {
        RunPlanner ending = planner;
        if (ending == null) {
            return;
        }
        planner = null;
        Optional<Tracks> tracks = ending.tracks();
        try {
            plan(ending.end(), tracks);
            gaps.addAll(ending.losses());
            nextRun = nextRun.after(ending);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "planner defect session=" + before.sessionId(), e);
            nextRun = timeline.behind(nextRun.leaptTicks());
        }
    }

    /// @return whether it can be read on
    private boolean feed(RunPlanner open, ByteBuffer bytes) {
        try {
            List<Window> closed = open.feed(bytes);
            plan(closed, open.tracks());
            gaps.addAll(open.losses());
            return true;
        } catch (ForeignContainerException e) {
            breakRun(e, open.run());
        } catch (MediaException e) {
            breakRun(PlanFailure.of(e), e.getMessage());
        } catch (RuntimeException e) {
            defect(e);
        }
        return false;
    }

    /// @param most windows that may be planned by now
    private boolean isPlausible(int most) {
        boolean plausible = timeline.added().size() <= most;
        if (!plausible) {
            breakRun(PlanFailure.NOT_A_RECORDING, JUMPY);
        }
        return plausible;
    }

    private void defect(RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "planner defect session=" + before.sessionId(), e);
        planner = null;
        nextRun = timeline.behind(nextRun.leaptTicks());
        breakRun(PlanFailure.UNREADABLE, "This part of the recording could not be read.");
    }

    /// Leaves the run alone until it is converted. What was planned of it stays until there is
    /// another plan.
    private void breakRun(ForeignContainerException e, int number) {
        long behind = nextRun.nextWindow();
        endRun();
        boolean begun = nextRun.nextWindow() > behind;
        if (conversions.isMade(number) || begun && !isFoundOutLate(e)) {
            breakRun(PlanFailure.of(e), e.getMessage());
            return;
        }
        runBroken = true;
        gaps.add(timeline.endTicks(), conversions.leave(number, e));
    }

    /// Whether it may be the same file as before, of which the header did not tell all. Else
    /// something else follows upon a recording. Of what slides the beginning is gone by the end.
    private boolean isFoundOutLate(ForeignContainerException e) {
        return e.container() == ForeignContainer.MATROSKA && !before.history().isSliding();
    }

    /// Passes over the rest of the run. Others may follow, so the session has failed only if none
    /// of them is any better.
    private void breakRun(PlanFailure kind, @Nullable String message) {
        endRun();
        runBroken = true;
        String words = message == null ? "This recording cannot be read." : message;
        gaps.add(timeline.endTicks(), words);
        if (failure == null && !afterHole) {
            failure = new Failure(kind, words);
        }
    }

    private void plan(List<Window> closed, Optional<Tracks> tracks) {
        timeline.add(closed, lastChunkAt);
        tracks.ifPresent(known -> renditions.take(closed, known));
    }

    private String missing(IndexRange hole) {
        return hole.last() < before.history().forgottenBelow()
                ? "This part of the recording was given up before it could be read."
                : GapList.missing(hole);
    }

    private void listHole() {
        IndexRange hole = log.hole();
        if (hole != null) {
            gaps.add(timeline.endTicks(), missing(hole));
        }
    }
}
