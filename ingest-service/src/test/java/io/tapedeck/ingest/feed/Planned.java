package io.tapedeck.ingest.feed;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.timeline.plan.SessionPlan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What the planner makes of a run.
record Planned(List<Window> windows) {

    static Planned of(Taken.Run run) throws MediaException {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        var windows = new ArrayList<Window>();
        windows.addAll(planner.feed(ByteBuffer.wrap(run.header())));
        for (byte[] piece : run.media()) {
            windows.addAll(planner.feed(ByteBuffer.wrap(piece)));
        }
        windows.addAll(planner.end());
        return new Planned(windows);
    }

    double seconds() {
        return (double) grid().getLast().endTicks() / Ticks.PER_SECOND;
    }

    int sourceWindows() {
        return (int) windows.stream().filter(window -> window.cut() == Cut.SOURCE).count();
    }

    List<Window> grid() {
        return windows.stream().filter(window -> window.cut() == Cut.GRID).toList();
    }
}
