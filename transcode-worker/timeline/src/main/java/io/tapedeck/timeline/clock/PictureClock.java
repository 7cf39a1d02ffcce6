package io.tapedeck.timeline.clock;

import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.List;

/// Gives each picture a time of its own. One that has the time of another (browsers repeat a time
/// after a resize) is moved to the next free tick; one that is dated before what can still come is
/// moved to the tick behind the last one.
///
/// @param reordered how many pictures at most come before one and are shown behind it
/// @param newest the latest times, rising, at most one more than are reordered
public record PictureClock(int reordered, List<Long> newest) {

    public static final long NONE = Long.MIN_VALUE;

    /// For pictures that are shown in the order that they come in.
    public static final PictureClock START = start(0);

    public PictureClock {
        newest = List.copyOf(newest);
    }

    public static PictureClock start(int reordered) {
        return new PictureClock(reordered, List.of());
    }

    /// The latest time of all, [#NONE] before the first picture.
    public long lastTicks() {
        return newest.isEmpty() ? NONE : newest.getLast();
    }

    /// No picture comes any more that is shown before this; [#NONE] when that is not known.
    public long settledTicks() {
        return newest.size() > reordered ? newest.getFirst() : NONE;
    }

    /// How far the last picture is from the one that is shown before it; 0 when that is not known.
    public long lastDistanceTicks() {
        return newest.size() < 2 ? 0 : newest.getLast() - newest.get(newest.size() - 2);
    }

    /// When a picture is shown that is dated `ticks`.
    public long place(long ticks) {
        if (!newest.isEmpty() && ticks <= settledTicks()) {
            return lastTicks() + 1;
        }
        long free = ticks;
        while (newest.contains(free)) {
            free++;
        }
        return free;
    }

    /// The clock when a picture has come.
    ///
    /// @param placedTicks from [#place]
    public PictureClock with(long placedTicks) {
        List<Long> times = new ArrayList<>(newest);
        int at = times.size();
        while (at > 0 && times.get(at - 1) > placedTicks) {
            at--;
        }
        times.add(at, placedTicks);
        return new PictureClock(
                reordered, times.subList(Math.max(0, times.size() - reordered - 1), times.size()));
    }

    /// All but the last time.
    void saveOrder(StateOutput out) {
        out.number(reordered).number(Math.max(0, newest.size() - 1));
        newest.stream().limit(Math.max(0, newest.size() - 1)).forEach(out::number);
    }

    /// @param lastTicks its last time
    static PictureClock restoreOrder(long lastTicks, StateInput in) {
        int reordered = in.small(Integer.MAX_VALUE);
        List<Long> newest = new ArrayList<>();
        for (int count = in.small(reordered); count > 0; count--) {
            newest.add(in.number());
        }
        return new PictureClock(reordered, withLast(newest, lastTicks));
    }

    /// One that keeps the order.
    static PictureClock of(long lastTicks) {
        return new PictureClock(0, withLast(new ArrayList<>(), lastTicks));
    }

    private static List<Long> withLast(List<Long> times, long lastTicks) {
        if (lastTicks != NONE) {
            times.add(lastTicks);
        }
        return times;
    }
}
