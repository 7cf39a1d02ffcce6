package io.tapedeck.timeline.clock;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;

/// The clocks of one stream, and what ties them to the container's: its zero, and limits to how far
/// it may jump, so that a few hostile bytes cannot ask for years of empty windows.
///
/// A leap is time in which no track has a frame. A track that is muted or covered still has frames,
/// and a paused recorder stops its clock; so leaps are still screens without sound, and lids that
/// were closed. Those of a session are filled with empty windows up to [#MAX_LEAPT_TICKS] in all; a
/// leap that does not fit is left out of the timeline ([#leapsTooFar]).
///
/// @param baseTicks the container time that is 0; [#NONE] before the first frame
/// @param anchored whether the first frame is at 0 whatever its time
/// @param newestTicks highest time so far
/// @param leaptTicks sum of all leaps over [#LEAP_TICKS], of this stream and of the session before
///   it
public record RunClock(
        long baseTicks,
        boolean anchored,
        long newestTicks,
        long leaptTicks,
        PictureClock pictures,
        AudioClock sounds) {

    public static final long NONE = Long.MIN_VALUE;
    private static final long HOUR_TICKS = 3600 * Ticks.PER_SECOND;

    /// A stream that begins later than this has a clock with another zero than its own beginning.
    private static final long LATE_START_TICKS = 10 * Ticks.PER_SECOND;

    /// What is more than a slow picture. What leaving a leap out counts for, too.
    public static final long LEAP_TICKS = 10 * Ticks.PER_SECOND;

    /// 7200 windows that cost a session's sender nothing.
    public static final long MAX_LEAPT_TICKS = 4 * HOUR_TICKS;

    private static final long MAX_BACK_TICKS = 12 * HOUR_TICKS;

    private static final long MAX_RUN_TICKS = 31 * 24 * HOUR_TICKS;

    /// @param anchored whether the first frame is to be at 0 whatever its time: behind a hole
    /// @param leaptTicks of the session so far
    public static RunClock start(boolean anchored, long leaptTicks) {
        return start(anchored, leaptTicks, PictureClock.START);
    }

    /// @param pictures before the first one
    public static RunClock start(boolean anchored, long leaptTicks, PictureClock pictures) {
        return new RunClock(NONE, anchored, 0, leaptTicks, pictures, AudioClock.START);
    }

    /// Whether a frame dated `containerTicks` is so far ahead that another stream has to begin with
    /// it: the session has had enough empty windows.
    public boolean leapsTooFar(long containerTicks) {
        if (baseTicks == NONE) {
            return false;
        }
        long leap = inRun(containerTicks) - newestTicks;
        return leap > LEAP_TICKS && leaptTicks + leap > MAX_LEAPT_TICKS;
    }

    /// A time of the container on the run's clock.
    public long inRun(long containerTicks) {
        return containerTicks - baseTicks;
    }

    /// The clock when a frame dated `containerTicks` has come, which must not leap too far.
    ///
    /// @param offsetBytes where it is, to tell in the failure
    public RunClock seen(long containerTicks, long offsetBytes) throws MalformedStreamException {
        long base = baseTicks;
        if (base == NONE) {
            base = anchored || containerTicks >= LATE_START_TICKS ? containerTicks : 0;
        }
        long ticks = containerTicks - base;
        long leap = ticks - newestTicks;
        if (leapsTooFar(containerTicks) || -leap > MAX_BACK_TICKS || ticks > MAX_RUN_TICKS) {
            throw new MalformedStreamException(
                    offsetBytes,
                    "The recording's clock jumps at byte %d, by %d minutes."
                            .formatted(offsetBytes, Math.abs(leap) / (60 * Ticks.PER_SECOND)));
        }
        long leapt = leap > LEAP_TICKS ? leaptTicks + leap : leaptTicks;
        return new RunClock(base, anchored, Math.max(ticks, newestTicks), leapt, pictures, sounds);
    }

    public RunClock with(PictureClock newer) {
        return new RunClock(baseTicks, anchored, newestTicks, leaptTicks, newer, sounds);
    }

    public RunClock with(AudioClock newer) {
        return new RunClock(baseTicks, anchored, newestTicks, leaptTicks, pictures, newer);
    }

    public void save(StateOutput out) {
        out.number(baseTicks).flag(anchored).number(newestTicks).number(leaptTicks);
        out.number(pictures.lastTicks()).number(sounds.nextSample());
        pictures.saveOrder(out);
    }

    public static RunClock restore(StateInput in) {
        RunClock clock = restoreInOrder(in);
        return clock.with(PictureClock.restoreOrder(clock.pictures.lastTicks(), in));
    }

    /// One from when pictures were always taken to be shown in the order that they come in.
    public static RunClock restoreInOrder(StateInput in) {
        return new RunClock(
                in.number(),
                in.flag(),
                in.number(),
                in.number(),
                PictureClock.of(in.number()),
                new AudioClock(in.number()));
    }
}
