package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.List;

/// What comes to light of lost bytes: how much time they held shows with the first frame behind
/// them, by the container's clock, whereas no picture may be shown until the next keyframe.
final class Losses {

    private static final long UNKNOWN = Long.MIN_VALUE;

    /// What is more is no recording's clock going on, but another clock, or damage.
    private static final long LONGEST_TICKS = 12 * 3600 * Ticks.PER_SECOND;

    private final List<Loss> found = new ArrayList<>();
    private boolean awaited;
    private long fromTicks = UNKNOWN;
    private long pausedTicks = UNKNOWN;

    /// Bytes are lost.
    ///
    /// @param containerTicks where the last frame before them ended on the container's clock
    void behind(long containerTicks) {
        awaited = true;
        fromTicks = containerTicks;
        pausedTicks = UNKNOWN;
    }

    /// No bytes are lost, but the clock leaps farther than the timeline follows.
    ///
    /// @param containerTicks where the last frame before that ended on the container's clock
    /// @param atTicks where that is on the session's timeline
    void leapt(long containerTicks, long atTicks) {
        awaited = true;
        fromTicks = containerTicks;
        pausedTicks = atTicks;
    }

    /// More bytes are lost, with no frame in between.
    void stillBehind() {
        awaited = true;
    }

    boolean isAwaited() {
        return awaited;
    }

    /// Another stream begins, with a clock of its own.
    void clockChanges() {
        fromTicks = UNKNOWN;
    }

    /// The first frame has come.
    ///
    /// @param atTicks where it goes on the session's timeline
    void resumed(long containerTicks, long atTicks) {
        if (awaited) {
            long ticks = fromTicks == UNKNOWN ? 0 : containerTicks - fromTicks;
            long known = ticks > LONGEST_TICKS ? 0 : Math.max(0, ticks);
            found.add(
                    pausedTicks == UNKNOWN
                            ? new Loss.Time(atTicks, known)
                            : new Loss.Pause(pausedTicks, known));
        }
        awaited = false;
        fromTicks = UNKNOWN;
        pausedTicks = UNKNOWN;
    }

    void dark(long startTicks, long durationTicks) {
        found.add(new Loss.Pictures(startTicks, durationTicks));
    }

    /// What came to light since the last call.
    List<Loss> drain() {
        List<Loss> losses = List.copyOf(found);
        found.clear();
        return losses;
    }

    void save(StateOutput out) {
        out.flag(awaited).number(fromTicks).number(pausedTicks);
    }

    static Losses restore(StateInput in) {
        Losses losses = new Losses();
        losses.awaited = in.flag();
        losses.fromTicks = in.number();
        losses.pausedTicks = in.number();
        return losses;
    }
}
