package io.tapedeck.transcode.plan;

/// Has sessions planned in the background. Thread-safe.
public final class PlanWaker {

    private final Lanes lanes;

    PlanWaker(SessionPlanner planner, int slots) {
        lanes = new Lanes(planner::advance, slots);
    }

    /// Sees to it that the session's plan is brought up to what its rows say now. Returns at once;
    /// waking twice costs little.
    public void wake(String sessionId) {
        lanes.wake(sessionId);
    }

    /// Sessions being planned or waiting for it.
    public int waiting() {
        return lanes.size();
    }

    void close() {
        lanes.close();
    }
}
