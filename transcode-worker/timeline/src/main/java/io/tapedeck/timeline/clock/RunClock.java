package io.tapedeck.timeline.clock;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;

/// The clocks of one stream, and what ties them to the container's: its zero, and limits to how far
/// it may jump, so that a few hostile bytes cannot ask for years of empty windows.
///
/// @param baseTicks the container time that is 0; [#NONE] before the first frame
/// @param anchored whether the first frame is at 0 whatever its time
/// @param newestTicks highest time so far
/// @param jumpedTicks sum of all leaps over [#LEAP_TICKS]
public record RunClock(
        long baseTicks,
        boolean anchored,
        long newestTicks,
        long jumpedTicks,
        PictureClock pictures,
        AudioClock sounds) {

    public static final long NONE = Long.MIN_VALUE;
    private static final long HOUR_TICKS = 3600 * Ticks.PER_SECOND;

    /// A stream that begins later than this has a clock with another zero than its own beginning.
    private static final long LATE_START_TICKS = 10 * Ticks.PER_SECOND;

    private static final long LEAP_TICKS = 10 * Ticks.PER_SECOND;

    /// A night with the lid closed is a leap; a day is damage.
    private static final long MAX_JUMPED_TICKS = 12 * HOUR_TICKS;

    private static final long MAX_RUN_TICKS = 31 * 24 * HOUR_TICKS;

    /// @param anchored whether the first frame is to be at 0 whatever its time: behind a hole
    public static RunClock start(boolean anchored) {
        return new RunClock(NONE, anchored, 0, 0, PictureClock.START, AudioClock.START);
    }

    /// A time of the container on the run's clock.
    public long inRun(long containerTicks) {
        return containerTicks - baseTicks;
    }

    /// The clock when a frame dated `containerTicks` has come.
    ///
    /// @param offsetBytes where it is, to tell in the failure
    public RunClock seen(long containerTicks, long offsetBytes) throws MalformedStreamException {
        long base = baseTicks;
        if (base == NONE) {
            base = anchored || containerTicks >= LATE_START_TICKS ? containerTicks : 0;
        }
        long ticks = containerTicks - base;
        long leap = Math.abs(ticks - newestTicks);
        long jumped = leap > LEAP_TICKS && ticks > newestTicks ? jumpedTicks + leap : jumpedTicks;
        if (jumped > MAX_JUMPED_TICKS || leap > MAX_JUMPED_TICKS || ticks > MAX_RUN_TICKS) {
            throw new MalformedStreamException(
                    offsetBytes,
                    "The recording's clock jumps at byte %d, by %d minutes."
                            .formatted(offsetBytes, leap / (60 * Ticks.PER_SECOND)));
        }
        return new RunClock(base, anchored, Math.max(ticks, newestTicks), jumped, pictures, sounds);
    }

    public RunClock with(PictureClock newer) {
        return new RunClock(baseTicks, anchored, newestTicks, jumpedTicks, newer, sounds);
    }

    public RunClock with(AudioClock newer) {
        return new RunClock(baseTicks, anchored, newestTicks, jumpedTicks, pictures, newer);
    }

    public void save(StateOutput out) {
        out.number(baseTicks).flag(anchored).number(newestTicks).number(jumpedTicks);
        out.number(pictures.lastTicks()).number(sounds.nextSample());
    }

    public static RunClock restore(StateInput in) {
        return new RunClock(
                in.number(),
                in.flag(),
                in.number(),
                in.number(),
                new PictureClock(in.number()),
                new AudioClock(in.number()));
    }
}
