package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.plan.Grid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans of a session with one run, as tests begin with them.
final class GivenPlan {

    private GivenPlan() {}

    /// One of which nothing is planned yet.
    static PlanRow of(boolean live, History history, Instant openedAt) {
        return new PlanRow(
                "s",
                0,
                1,
                PlanState.PLANNING,
                live,
                openedAt,
                Grid.USUAL,
                history,
                null,
                LadderChoice.NONE,
                PlanCursor.START,
                List.of(),
                null,
                List.of(),
                null);
    }

    /// The same with the conversion of run 0 settled.
    static PlanRow settled(PlanRow row, Conversion.State state, @Nullable String reason) {
        return new PlanRow(
                row.sessionId(),
                row.version(),
                row.plan(),
                row.state(),
                row.live(),
                row.openedAt(),
                row.grid(),
                row.history(),
                row.completion(),
                row.ladder(),
                row.cursor(),
                row.gaps(),
                row.failure(),
                List.of(new Conversion(0, state, reason)),
                row.sweptAt());
    }
}
