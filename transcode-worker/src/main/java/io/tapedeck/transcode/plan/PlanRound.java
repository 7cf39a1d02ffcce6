package io.tapedeck.transcode.plan;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.Loss;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.timeline.plan.SessionPlan;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.ladder.Ladder;
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
    private final Ladder ladder;
    private final List<PlannedWindow> windows = new ArrayList<>();
    private final List<PlanStep.ChunkOffset> offsets = new ArrayList<>();
    private final List<Gap> gaps;

    private PlanState state;
    private @Nullable Failure failure;
    private List<Rendition> renditions = List.of();
    private @Nullable Instant newestChunkAt;

    private long nextChunk;
    private @Nullable Integer run;
    private long runOffsetBytes;
    private boolean runBroken;
    private boolean afterHole;
    private @Nullable RunPlanner planner;
    private SessionPlan nextRun;
    private long plannedTicks;
    private @Nullable Stretch stretch;
    private @Nullable IndexRange hole;

    PlanRound(PlanRow row, Ladder ladder) {
        before = row;
        this.ladder = ladder;
        state = row.state();
        gaps = new ArrayList<>(row.gaps());
        PlanCursor cursor = row.cursor();
        nextChunk = cursor.nextChunk();
        run = cursor.run();
        runOffsetBytes = cursor.runOffsetBytes();
        runBroken = cursor.runBroken();
        afterHole = cursor.afterHole();
        byte[] saved = cursor.plannerState();
        planner = saved == null ? null : RunPlanner.restore(saved);
        nextRun = new SessionPlan(cursor.nextWindow(), cursor.nextOriginTicks());
        plannedTicks = cursor.plannedTicks();
        stretch = cursor.stretch();
    }

    /// What is behind a hole is kept, but cannot be shown without the header.
    private static final String BEHIND_HOLE =
            "What was recorded after the missing part, until the recorder was started again, cannot"
                    + " be read without it. It is in the recording as it came.";

    private static final String LOST =
            "A part of the recording is lost: chunk %d is not in the store any more.";

    private static final String DARK =
            "There is sound here, but no picture: the pictures build upon one that is missing.";

    long nextChunk() {
        return nextChunk;
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
            skipTo(planner, runOffsetBytes + chunk.sizeBytes(), LOST.formatted(chunk.index()));
        }
        pass(chunk);
    }

    private void arrive(Chunk chunk) {
        if (run == null || chunk.run() != run) {
            endRun();
            listHole();
            startRun(chunk.run());
        } else if (hole != null && planner != null) {
            // How long the missing ones were nobody knows. They count as empty.
            skipTo(planner, runOffsetBytes, words(hole));
        }
        hole = null;
    }

    /// Goes on behind lost bytes, if that is possible.
    private void skipTo(RunPlanner open, long offsetBytes, String words) {
        afterHole = true;
        try {
            plan(open.skipTo(offsetBytes), open.tracks());
            gaps.add(new Gap(plannedTicks, 0, words));
        } catch (MediaException _) {
            endRun();
            runBroken = true;
            gaps.add(new Gap(plannedTicks, 0, words));
            gaps.add(new Gap(plannedTicks, 0, BEHIND_HOLE));
        } catch (RuntimeException e) {
            defect(e);
        }
    }

    private void pass(Chunk chunk) {
        offsets.add(new PlanStep.ChunkOffset(chunk.index(), runOffsetBytes));
        runOffsetBytes += chunk.sizeBytes();
        nextChunk = chunk.index() + 1;
        newestChunkAt = chunk.storedAt();
    }

    /// Passes over chunks that will never come.
    void skip(IndexRange missing) {
        hole = missing;
        nextChunk = missing.last() + 1;
    }

    /// Comes to the end of the session.
    void finish() {
        endRun();
        listHole();
        if (over()) {
            return;
        }
        if (nextRun.nextWindow() > 0) {
            state = PlanState.PLANNED;
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
                new PlanCursor(
                        nextChunk,
                        run,
                        runOffsetBytes,
                        runBroken,
                        afterHole,
                        planner == null ? null : planner.save(),
                        nextRun.nextWindow(),
                        nextRun.nextOriginTicks(),
                        plannedTicks,
                        stretch),
                gaps,
                windows,
                planner == null ? nextRun.nextWindow() : planner.nextWindow(),
                renditions,
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
            list(ending.losses());
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
            list(open.losses());
            return true;
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

    private void breakRun(PlanFailure kind, @Nullable String message) {
        endRun();
        runBroken = true;
        String words = message == null ? "This recording cannot be read." : message;
        if (nextRun.nextWindow() == 0 && !afterHole) {
            fail(kind, words);
        } else {
            gaps.add(new Gap(plannedTicks, 0, words));
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
            plannedTicks = window.sessionStartTicks() + window.durationTicks();
        }
        if (!windows.isEmpty()
                && renditions.isEmpty()
                && !before.hasRendition()
                && tracks.isPresent()) {
            renditions = ladder.of(tracks.get());
        }
    }

    private void continueBehindWindows() {
        if (!windows.isEmpty()) {
            nextRun =
                    new SessionPlan(
                            windows.getLast().window().index() + 1,
                            SessionPlan.originAfter(plannedTicks));
        }
    }

    private void list(List<Loss> losses) {
        for (Loss loss : losses) {
            switch (loss) {
                case Loss.Time time -> amend(time);
                case Loss.Pictures dark ->
                        gaps.add(new Gap(dark.startTicks(), dark.durationTicks(), DARK));
            }
        }
    }

    /// How long a hole was shows behind it. Of several in a row the first one gets all of it.
    private void amend(Loss.Time time) {
        int first = gaps.size();
        while (first > 0
                && SessionPlan.originAfter(gaps.get(first - 1).startTicks()) == time.atTicks()) {
            first--;
        }
        if (first < gaps.size()) {
            Gap gap = gaps.get(first);
            gaps.set(first, new Gap(gap.startTicks(), time.durationTicks(), gap.reason()));
        }
    }

    private void listHole() {
        IndexRange missing = hole;
        if (missing != null) {
            gaps.add(new Gap(plannedTicks, 0, words(missing)));
        }
    }

    private static String words(IndexRange missing) {
        return missing.first() == missing.last()
                ? "A part of the recording never arrived (chunk %d).".formatted(missing.first())
                : "A part of the recording never arrived (chunks %d to %d)."
                        .formatted(missing.first(), missing.last());
    }
}
