package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.ladder.JdbcFirstWindows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The beginning of a session that is not live, in the one rendition that viewers get first: before
/// everything else, so that a file plays as soon as it is there.
///
/// @param rendition null where nothing has to be hurried
record FirstWindows(@Nullable PlannedRendition rendition) {

    /// @param renditions of the plan so far, the best first in each cut
    /// @param copied whether viewers have the pictures as they came meanwhile, or will
    static FirstWindows of(PlanStep step, List<PlannedRendition> renditions, boolean copied) {
        boolean waiting = !step.before().live() && step.before().openedAt() != null;
        return new FirstWindows(
                waiting ? QuickRendition.of(renditions, copied).orElse(null) : null);
    }

    boolean hold(Window window, PlannedRendition of) {
        return of.equals(rendition) && window.sessionStartTicks() < JdbcFirstWindows.TICKS;
    }
}
