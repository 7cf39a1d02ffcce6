package io.tapedeck.timeline.plan;

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
    public SessionPlan after(RunPlanner ended) {
        throw new UnsupportedOperationException();
    }
}
