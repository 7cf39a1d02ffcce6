package io.tapedeck.ingest.frames;

import java.util.ArrayList;
import java.util.List;

/// Where pictures are in their run. They are counted, 15 a second, which takes out the jitter of
/// the network, and go elsewhere only when they really are there, by the sound between which they
/// came or else by the clock on the wall:
///
/// - When they stopped for a while, and are not made up for by what came in one go behind it, the
///   rest goes behind a gap.
/// - When there are fewer than 15 a second, they are spread over the time they took.
/// - When there are more, and sound tells how much time has passed, they are spread over that.
///   Without sound nobody can tell pictures that come fast from those that come late and all at
///   once, and 15 a second they stay.
///
/// Times are microseconds from the beginning of the run. For one thread at a time.
final class PictureTimes {

    static final long PER_SECOND = 1_000_000;
    static final int FRAMES_PER_SECOND = 15;

    /// Farther off than that is not jitter.
    static final long TOLERANCE = PER_SECOND / 2;

    private boolean begun;
    private long anchor;
    private long counted;
    private long lastHeard;
    private long lastDeafNanos;

    /// Where a batch should end.
    ///
    /// @param earliest it lags behind when it ends earlier
    /// @param latest it is ahead when it ends later; [Long#MAX_VALUE] if nobody knows
    record Span(long earliest, long latest) {}

    /// Places the next pictures.
    ///
    /// @param arrivals when each came, rising; at least one
    /// @param startNanos when the run began
    /// @return when each is shown, strictly rising
    List<Long> place(List<Arrival> arrivals, long startNanos, Span end) {
        if (!begun) {
            begun = true;
            anchor = arrivals.getFirst().micros(startNanos);
            lastHeard = arrivals.getFirst().heardMicros();
            lastDeafNanos = arrivals.getFirst().deafNanos();
        }
        int count = arrivals.size();
        long due = at(counted + count - 1);
        List<Long> placed;
        if (end.earliest() - due > TOLERANCE) {
            placed = late(arrivals, end.earliest());
        } else if (end.latest() < due - TOLERANCE) {
            placed = spread(count, end.latest());
        } else {
            placed = count(count);
        }
        lastHeard = arrivals.getLast().heardMicros();
        lastDeafNanos = arrivals.getLast().deafNanos();
        return placed;
    }

    /// How long nothing was read since what was placed last.
    ///
    /// @param next what comes next
    long deafMicros(List<Arrival> next) {
        long before = begun ? lastDeafNanos : next.getFirst().deafNanos();
        return (next.getLast().deafNanos() - before) / 1000;
    }

    private List<Long> late(List<Arrival> arrivals, long end) {
        int behind = 0;
        long pause = 0;
        long before = lastHeard;
        for (int i = 0; i < arrivals.size(); i++) {
            long heard = arrivals.get(i).heardMicros();
            if (heard - before > pause) {
                pause = heard - before;
                behind = i;
            }
            before = heard;
        }
        if (pause <= TOLERANCE) {
            return spread(arrivals.size(), end);
        }
        long gap = end - at(counted + arrivals.size() - 1);
        List<Long> placed = new ArrayList<>(count(behind));
        anchor = at(counted) + gap;
        counted = 0;
        placed.addAll(count(arrivals.size() - behind));
        return placed;
    }

    private List<Long> count(int count) {
        var placed = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            placed.add(at(counted++));
        }
        return placed;
    }

    /// Evenly up to `end`, but never closer than four times as fast as they should be.
    private List<Long> spread(int count, long end) {
        // The first one may not come before the run.
        long last = counted == 0 ? anchor - 1 : at(counted - 1);
        long shortest = count * PER_SECOND / FRAMES_PER_SECOND / 4;
        long length = Math.max(end - last, shortest);
        var placed = new ArrayList<Long>(count);
        for (int i = 1; i <= count; i++) {
            placed.add(last + length * i / count);
        }
        anchor = placed.getLast();
        counted = 1;
        return placed;
    }

    private long at(long number) {
        return anchor + number * PER_SECOND / FRAMES_PER_SECOND;
    }
}
