package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.plan.Grid;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.timeline.plan.SessionPlan;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings a planner back whose saved state cannot be read, because another version wrote it: by
/// feeding a fresh one all that the run's planner had been fed. Its windows are there already.
final class Replay {

    private final PlanCursor cursor;
    private final int run;
    private final SessionPlan plan;
    private final Grid grid;
    private @Nullable RunPlanner planner;
    private long nextChunk = -1;
    private long offsetBytes;

    /// @param plan in front of the run
    Replay(PlanCursor cursor, int run, SessionPlan plan, Grid grid) {
        this.cursor = cursor;
        this.run = run;
        this.plan = plan;
        this.grid = grid;
    }

    /// Takes the next chunk that the run's planner had taken.
    ///
    /// @throws MediaException it was not fed this, or is not the same any more
    void take(Chunk chunk, ChunkBytes source) throws IOException, MediaException {
        RunPlanner open = planner(chunk);
        if (nextChunk >= 0 && chunk.index() != nextChunk && !chunk.converted()) {
            open.skipTo(offsetBytes);
        }
        nextChunk = chunk.index() + 1;
        offsetBytes += chunk.runBytes();
        if (chunk.lost()) {
            open.skipTo(offsetBytes);
        } else {
            source.pour(
                    chunk,
                    bytes -> {
                        open.feed(bytes);
                        return true;
                    });
            open.losses();
        }
    }

    private RunPlanner planner(Chunk next) {
        RunPlanner open = planner;
        if (open == null) {
            open = next.indexed() ? plan.startIndexed(run, grid) : plan.start(run, grid);
            planner = open;
        }
        return open;
    }

    /// The planner, if it stands where the other one had stood.
    Optional<RunPlanner> planner() {
        RunPlanner open = planner == null ? plan.start(run, grid) : planner;
        boolean same =
                offsetBytes == cursor.runOffsetBytes()
                        && open.plannedTicks() == plannedTicks(cursor.stretch());
        return same ? Optional.of(open) : Optional.empty();
    }

    /// Before its first window a run is where it begins.
    private long plannedTicks(@Nullable Stretch last) {
        boolean begun = last != null && last.run() == run;
        return begun ? cursor.plannedTicks() : cursor.nextOriginTicks();
    }
}
