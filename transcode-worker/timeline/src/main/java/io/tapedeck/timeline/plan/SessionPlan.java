package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Ticks;

/// Where a session's next run begins.
///
/// @param nextWindow number of its first window
/// @param nextOriginTicks its start on the session's timeline: the end of the run before, rounded
///   up to whole AAC frames
public record SessionPlan(long nextWindow, long nextOriginTicks) {

    /// Of a session without a run.
    public static final SessionPlan EMPTY = new SessionPlan(0, 0);

    /// A planner for the next run.
    public RunPlanner start(int run) {
        return RunPlanner.start(run, nextWindow, nextOriginTicks);
    }

    /// The plan behind one of its runs that has ended.
    public SessionPlan after(RunPlanner ended) {
        if (ended.nextWindow() < nextWindow || ended.plannedTicks() < nextOriginTicks) {
            throw new IllegalArgumentException("Run %d is not of this plan".formatted(ended.run()));
        }
        return new SessionPlan(ended.nextWindow(), originAfter(ended.plannedTicks()));
    }

    /// The first possible start behind `endTicks`.
    public static long originAfter(long endTicks) {
        return Math.ceilDiv(endTicks, Ticks.PER_AAC_FRAME) * Ticks.PER_AAC_FRAME;
    }
}
