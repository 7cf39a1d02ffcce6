package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The windows of a run: gives each its number and its place on the session's timeline. Those that
/// were not fetched yet are not saved.
final class RunWindows {

    private final int run;
    private final List<Window> closed = new ArrayList<>();
    private long next;
    private long nextSource;
    private long originTicks;
    private long plannedTicks;

    RunWindows(int run, SessionPlan plan) {
        this.run = run;
        this.next = plan.nextWindow();
        this.nextSource = plan.nextSourceWindow();
        this.originTicks = plan.nextOriginTicks();
        this.plannedTicks = originTicks;
    }

    int run() {
        return run;
    }

    /// Number of the next window on the grid.
    long next() {
        return next;
    }

    /// Number of the next window that is cut at the source's own pictures.
    long nextSource() {
        return nextSource;
    }

    /// Where the present stream starts on the session's timeline.
    long originTicks() {
        return originTicks;
    }

    /// End of the last window of the grid on the session's timeline.
    long plannedTicks() {
        return plannedTicks;
    }

    void add(StreamWindow window) {
        long index =
                switch (window.cut()) {
                    case GRID -> next++;
                    case SOURCE -> nextSource++;
                };
        closed.add(
                new Window(
                        window.cut(),
                        index,
                        run,
                        originTicks,
                        window.startTicks(),
                        window.endTicks(),
                        window.last(),
                        OptionalLong.of(window.pictures()),
                        window.source()));
        if (window.cut() == Cut.GRID) {
            plannedTicks = originTicks + window.endTicks();
        }
    }

    /// Another stream follows.
    void endStream() {
        originTicks = SessionPlan.originAfter(plannedTicks);
    }

    /// How many there are since [#drain].
    int count() {
        return closed.size();
    }

    /// Those since the last call, in order.
    List<Window> drain() {
        List<Window> windows = List.copyOf(closed);
        closed.clear();
        return windows;
    }

    void save(StateOutput out) {
        out.number(run).number(next).number(originTicks).number(nextSource).number(plannedTicks);
    }

    static RunWindows restore(StateInput in) {
        int run = in.small(Integer.MAX_VALUE);
        long next = in.number();
        long originTicks = in.number();
        var plan = new SessionPlan(next, originTicks, in.number(), true, 0);
        var windows = new RunWindows(run, plan);
        windows.plannedTicks = in.number();
        return windows;
    }
}
