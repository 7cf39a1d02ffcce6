package io.tapedeck.transcode.plan;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.ForeignContainerException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.timeline.plan.SessionPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One round of planning: takes chunks in order, passes over holes, comes to the end, and says what
/// came of it. Touches nothing but the bytes it is handed. Used once, by one thread.
final class PlanRound {

    private static final System.Logger LOG = System.getLogger(PlanRound.class.getName());
    private static final int BUFFER_BYTES = 64 * 1024;

    private final PlanRow before;
    private final PlanRules rules;
    private final List<PlannedWindow> windows = new ArrayList<>();
    private final List<PlanStep.ChunkOffset> offsets = new ArrayList<>();
    private final List<NewRendition> renditions = new ArrayList<>();
    private final List<NewConversion> conversions = new ArrayList<>();
    private final GapList gaps;

    private PlanState state;
    private @Nullable Failure failure;
    private boolean again;
    private @Nullable Instant newestChunkAt;

    private long nextChunk;
    private @Nullable Integer run;
    private long runOffsetBytes;
    private boolean runBroken;
    private boolean afterHole;
    private @Nullable RunPlanner planner;
    private SessionPlan nextRun;
    private long windowCount;
    private long sourceWindowCount;
    private long plannedTicks;
    private @Nullable Stretch stretch;
    private @Nullable IndexRange hole;

    /// @param open the planner of the row's open run, null when none is open
    PlanRound(PlanRow row, @Nullable RunPlanner open, PlanRules rules) {
        before = row;
        this.rules = rules;
        state = row.state();
        gaps = new GapList(row.gaps());
        PlanCursor cursor = row.cursor();
        nextChunk = cursor.nextChunk();
        run = cursor.run();
        runOffsetBytes = cursor.runOffsetBytes();
        runBroken = cursor.runBroken();
        afterHole = cursor.afterHole();
        planner = open;
        nextRun = rules.passthrough() ? cursor.plan() : cursor.plan().uncut();
        windowCount = open == null ? cursor.nextWindow() : open.nextWindow();
        sourceWindowCount = open == null ? cursor.nextSourceWindow() : open.nextSourceWindow();
        plannedTicks = cursor.plannedTicks();
        stretch = cursor.stretch();
    }

    long nextChunk() {
        return nextChunk;
    }

    /// Whether a chunk was taken, in this round or before it.
    boolean hasBegun() {
        return run != null;
    }

    /// Whether there is any sense in going on.
    boolean over() {
        return state != PlanState.PLANNING;
    }

    /// Takes the next chunk.
    ///
    /// @throws IOException its bytes could not be read; the round is spoilt
    void take(Chunk chunk, ChunkBytes source) throws IOException {
        arrive(chunk);
        if (planner != null && chunk.sizeBytes() > 0) {
            try (InputStream in = source.open(chunk)) {
                feed(planner, in, chunk);
            }
        }
        pass(chunk);
    }

    /// Takes the next chunk, whose bytes are lost.
    void lose(Chunk chunk) {
        arrive(chunk);
        if (planner != null) {
            skipTo(planner, runOffsetBytes + chunk.sizeBytes(), GapList.lost(chunk));
        }
        pass(chunk);
    }

    private void arrive(Chunk chunk) {
        if (run == null || chunk.run() != run) {
            endRun();
            listHole();
            startRun(chunk.run());
        } else if (chunk.converted()) {
            listHole();
        } else if (hole != null && planner != null) {
            // How long the missing ones were nobody knows. They count as empty.
            skipTo(planner, runOffsetBytes, GapList.missing(hole));
        }
        hole = null;
    }

    /// Goes on behind lost bytes, if that is possible.
    private void skipTo(RunPlanner open, long offsetBytes, String words) {
        afterHole = true;
        try {
            plan(open.skipTo(offsetBytes), open.tracks());
            gaps.add(plannedTicks, words);
            gaps.addAll(open.losses());
        } catch (MediaException _) {
            endRun();
            runBroken = true;
            gaps.add(plannedTicks, words);
            gaps.addUnreadable(plannedTicks);
        } catch (RuntimeException e) {
            defect(e);
        }
    }

    private void pass(Chunk chunk) {
        offsets.add(new PlanStep.ChunkOffset(chunk.index(), chunk.run(), runOffsetBytes));
        runOffsetBytes += chunk.sizeBytes();
        nextChunk = chunk.index() + 1;
        newestChunkAt = chunk.storedAt();
    }

    /// Passes over chunks that will not come, or not soon enough.
    void skip(IndexRange missing) {
        hole = missing;
        nextChunk = missing.last() + 1;
    }

    /// The open run, whose planner could not be restored, cannot be planned on.
    ///
    /// @param behind all windows that there are
    void abandon(SessionPlan behind) {
        planner = null;
        runBroken = true;
        nextRun = behind;
        windowCount = behind.nextWindow();
        sourceWindowCount = behind.nextSourceWindow();
        gaps.add(plannedTicks, "This part of the recording could not be read on.");
    }

    /// Comes to the end of the session.
    ///
    /// @param incomplete whether chunks came too late for this plan
    void finish(boolean incomplete) {
        endRun();
        listHole();
        if (over()) {
            return;
        }
        if (isConversionDue()) {
            state = PlanState.CONVERTING;
            return;
        }
        again = incomplete;
        if (incomplete || nextRun.nextWindow() > 0) {
            state = PlanState.PLANNED;
        } else if (before.failedConversion().isPresent()) {
            fail(PlanFailure.UNSUPPORTED_MEDIA, before.failedConversion().get());
        } else if (gaps.isEmpty()) {
            fail(
                    PlanFailure.NOTHING_RECORDED,
                    "The recording ended before a single picture or sound was in it.");
        } else {
            fail(
                    PlanFailure.BEGINNING_MISSING,
                    "The beginning of the recording is missing, and the rest cannot be read without"
                            + " it.");
        }
    }

    PlanStep step() {
        return new PlanStep(
                before,
                state,
                failure,
                again,
                new PlanCursor(
                        nextChunk,
                        run,
                        runOffsetBytes,
                        runBroken,
                        afterHole,
                        planner == null ? null : planner.save(),
                        nextRun.nextWindow(),
                        nextRun.nextOriginTicks(),
                        nextRun.nextSourceWindow(),
                        planner == null ? nextRun.cuttable() : planner.isCuttable(),
                        plannedTicks,
                        stretch),
                gaps.all(),
                windows,
                windowCount,
                sourceWindowCount,
                renditions,
                conversions,
                offsets,
                newestChunkAt);
    }

    private void startRun(int number) {
        run = number;
        runOffsetBytes = 0;
        runBroken = false;
        afterHole = hole != null;
        planner = nextRun.start(number);
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
            continueBehindWindows();
        }
    }

    private void feed(RunPlanner open, InputStream in, Chunk chunk) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, chunk.sizeBytes())];
        long left = chunk.sizeBytes();
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("chunk object is %d bytes short".formatted(left));
            }
            left -= count;
            if (!feed(open, ByteBuffer.wrap(buffer, 0, count))) {
                return;
            }
        }
    }

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

    private void defect(RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "planner defect session=" + before.sessionId(), e);
        planner = null;
        continueBehindWindows();
        breakRun(PlanFailure.UNREADABLE, "This part of the recording could not be read.");
    }

    /// Leaves the run alone until it is converted. One of which something was planned was in
    /// another container before, and keeps that.
    private void breakRun(ForeignContainerException e, int number) {
        long behind = nextRun.nextWindow();
        endRun();
        Optional<Conversion> known = before.conversion(number);
        boolean made = known.filter(one -> one.state() == Conversion.State.MADE).isPresent();
        if (made || nextRun.nextWindow() > behind) {
            breakRun(PlanFailure.of(e), e.getMessage());
            return;
        }
        runBroken = true;
        gaps.add(plannedTicks, known.map(Conversion::reason).orElse(GapList.CONVERTED_LATER));
        if (known.isEmpty()) {
            conversions.add(new NewConversion(number, e.container()));
        }
    }

    private boolean isConversionDue() {
        return !conversions.isEmpty() || before.isConversionDue();
    }

    private void breakRun(PlanFailure kind, @Nullable String message) {
        endRun();
        runBroken = true;
        String words = message == null ? "This recording cannot be read." : message;
        if (nextRun.nextWindow() == 0 && !afterHole && !isConversionDue()) {
            fail(kind, words);
        } else {
            gaps.add(plannedTicks, words);
        }
    }

    private void fail(PlanFailure kind, String message) {
        state = PlanState.FAILED;
        failure = new Failure(kind, message);
    }

    private void plan(List<Window> closed, Optional<Tracks> tracks) {
        for (Window window : closed) {
            Stretch of = Stretch.of(stretch, window);
            stretch = of;
            windows.add(new PlannedWindow(window, of.number()));
            switch (window.cut()) {
                case GRID -> {
                    windowCount = window.index() + 1;
                    plannedTicks = window.sessionStartTicks() + window.durationTicks();
                }
                case SOURCE -> sourceWindowCount = window.index() + 1;
            }
        }
        tracks.ifPresent(known -> decide(closed, known));
    }

    /// Decides on renditions with the first window of their cut.
    private void decide(List<Window> closed, Tracks tracks) {
        if (closed.stream().anyMatch(window -> window.cut() == Cut.SOURCE && window.index() == 0)) {
            // First, because it costs next to nothing.
            tracks.video()
                    .map(Rendition::source)
                    .ifPresent(source -> renditions.add(new NewRendition(source, Cut.SOURCE, 0)));
        }
        boolean decided =
                before.hasRendition() || renditions.stream().anyMatch(r -> r.cut() == Cut.GRID);
        if (!decided && !windows.isEmpty()) {
            int rank = 0;
            for (Rendition rung : rules.ladder().of(tracks)) {
                renditions.add(new NewRendition(rung, Cut.GRID, rank++));
            }
        }
    }

    private void continueBehindWindows() {
        nextRun =
                new SessionPlan(
                        windowCount,
                        SessionPlan.originAfter(plannedTicks),
                        sourceWindowCount,
                        false);
    }

    private void listHole() {
        if (hole != null) {
            gaps.add(plannedTicks, GapList.missing(hole));
        }
    }
}
