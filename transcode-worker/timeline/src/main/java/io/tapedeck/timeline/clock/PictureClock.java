package io.tapedeck.timeline.clock;

/// Keeps pictures in strictly rising order: one that is dated at or before its predecessor
/// (browsers repeat a time after a resize) is moved to the tick behind it.
///
/// @param lastTicks time of the last picture, [#NONE] before the first
public record PictureClock(long lastTicks) {

    public static final long NONE = Long.MIN_VALUE;

    public static final PictureClock START = new PictureClock(NONE);

    /// The clock when a picture dated `ticks` has come; its [#lastTicks] is the picture's time.
    public PictureClock at(long ticks) {
        return new PictureClock(lastTicks == NONE ? ticks : Math.max(ticks, lastTicks + 1));
    }
}
