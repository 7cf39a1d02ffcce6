package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.timeline.plan.SessionPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session's timeline, and what a round adds to it.
final class SessionTimeline {

    private final List<PlannedWindow> added = new ArrayList<>();
    private long windowCount;
    private long sourceWindowCount;
    private long endTicks;
    private @Nullable Stretch stretch;

    /// @param open the planner of the open run, null when none is open
    SessionTimeline(PlanCursor cursor, @Nullable RunPlanner open) {
        windowCount = open == null ? cursor.nextWindow() : open.nextWindow();
        sourceWindowCount = open == null ? cursor.nextSourceWindow() : open.nextSourceWindow();
        endTicks = cursor.plannedTicks();
        stretch = cursor.stretch();
    }

    /// @param closedAt when the chunk was stored with which they were closed; null if unknown
    void add(List<Window> closed, @Nullable Instant closedAt) {
        for (Window window : closed) {
            Stretch of = Stretch.of(stretch, window, closedAt);
            stretch = of;
            added.add(PlannedWindow.of(of, window));
            switch (window.cut()) {
                case GRID -> {
                    windowCount = window.index() + 1;
                    endTicks = window.sessionStartTicks() + window.durationTicks();
                }
                case SOURCE -> sourceWindowCount = window.index() + 1;
            }
        }
    }

    /// Nothing is known of the windows, but where they end.
    void resume(SessionPlan behind) {
        windowCount = behind.nextWindow();
        sourceWindowCount = behind.nextSourceWindow();
    }

    /// Where another run may begin when the planner of the open one is of no use. The source is not
    /// cut any more, for nobody knows where it could be.
    ///
    /// @param leaptTicks as far as known
    SessionPlan behind(long leaptTicks) {
        return new SessionPlan(
                windowCount,
                SessionPlan.originAfter(endTicks),
                sourceWindowCount,
                false,
                leaptTicks);
    }

    /// Windows of this round.
    List<PlannedWindow> added() {
        return added;
    }

    /// Of the grid, of all rounds.
    long windowCount() {
        return windowCount;
    }

    /// Cut at the source's own pictures, of all rounds.
    long sourceWindowCount() {
        return sourceWindowCount;
    }

    /// Where the grid ends as yet.
    long endTicks() {
        return endTicks;
    }

    /// The last one.
    @Nullable Stretch stretch() {
        return stretch;
    }
}
