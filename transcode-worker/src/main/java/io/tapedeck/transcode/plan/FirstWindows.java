package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The beginning of a session that is not live, in the one rendition that viewers get first: before
/// everything else, so that a file plays as soon as it is there.
///
/// @param rendition null where nothing has to be hurried
record FirstWindows(@Nullable PlannedRendition rendition) {

    /// What a player begins with while the rest of its buffer is made.
    private static final long TICKS = 10 * Ticks.PER_SECOND;

    /// @param renditions of the plan so far, the best first in each cut
    /// @param copied whether viewers have the pictures as they came meanwhile, or will
    static FirstWindows of(PlanStep step, List<PlannedRendition> renditions, boolean copied) {
        boolean waiting = !step.before().live() && step.before().openedAt() != null;
        return new FirstWindows(
                waiting ? QuickRendition.of(renditions, copied).orElse(null) : null);
    }

    boolean hold(Window window, PlannedRendition of) {
        return of.equals(rendition) && window.sessionStartTicks() < TICKS;
    }
}
