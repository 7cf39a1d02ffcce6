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

    /// The plan behind a run that has ended.
    public static SessionPlan after(RunPlanner ended) {
        return new SessionPlan(ended.nextWindow(), originAfter(ended.plannedTicks()));
    }

    /// The first possible start behind `endTicks`.
    static long originAfter(long endTicks) {
        return Math.ceilDiv(endTicks, Ticks.PER_AAC_FRAME) * Ticks.PER_AAC_FRAME;
    }
}
