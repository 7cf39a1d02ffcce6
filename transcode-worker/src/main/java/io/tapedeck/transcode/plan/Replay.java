package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.timeline.plan.SessionPlan;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings a planner back whose saved state cannot be read, because another version wrote it: by
/// feeding a fresh one all that the run's planner had been fed. Its windows are there already.
final class Replay {

    private final PlanCursor cursor;
    private final RunPlanner planner;
    private long nextChunk = -1;
    private long offsetBytes;

    /// @param plan in front of the run
    Replay(PlanCursor cursor, int run, SessionPlan plan) {
        this.cursor = cursor;
        this.planner = plan.start(run);
    }

    /// Takes the next chunk that the run's planner had taken.
    ///
    /// @throws MediaException it was not fed this, or is not the same any more
    void take(Chunk chunk, ChunkBytes source) throws IOException, MediaException {
        if (nextChunk >= 0 && chunk.index() != nextChunk && !chunk.converted()) {
            planner.skipTo(offsetBytes);
        }
        nextChunk = chunk.index() + 1;
        offsetBytes += chunk.sizeBytes();
        if (chunk.lost()) {
            planner.skipTo(offsetBytes);
        } else {
            source.pour(
                    chunk,
                    bytes -> {
                        planner.feed(bytes);
                        return true;
                    });
            planner.losses();
        }
    }

    /// The planner, if it stands where the other one had stood.
    Optional<RunPlanner> planner() {
        boolean same =
                offsetBytes == cursor.runOffsetBytes()
                        && planner.plannedTicks() == plannedTicks(cursor.stretch());
        return same ? Optional.of(planner) : Optional.empty();
    }

    /// Before its first window a run is where it begins.
    private long plannedTicks(@Nullable Stretch last) {
        boolean begun = last != null && last.run() == planner.run();
        return begun ? cursor.plannedTicks() : cursor.nextOriginTicks();
    }
}
