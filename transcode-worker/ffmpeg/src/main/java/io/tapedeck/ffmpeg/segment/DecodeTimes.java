package io.tapedeck.ffmpeg.segment;

import java.util.Arrays;

/// When pictures are decoded that are shown in another order than they come in. No container is
/// asked, for Matroska does not know it.
///
/// Each picture in turn is decoded a fixed while before one is shown: the first one before the
/// first that is shown, and so on. As windows share no time, decode times rise from one to the
/// next, too, whoever rendered them.
final class DecodeTimes {

    /// Two pictures out of order, as encoders do it, at ten a second. Where that does not do, some
    /// are decoded sooner one upon the other.
    static final long LEAD_TICKS = 18_000;

    private DecodeTimes() {}

    /// @param shownTicks of a window's pictures, in order of decoding
    /// @param reordered whether that may be another order than they are shown in, in any window
    /// @return strictly rising, and never behind `shownTicks`
    static long[] of(long[] shownTicks, boolean reordered) {
        if (!reordered) {
            return shownTicks;
        }
        long[] ticks = shownTicks.clone();
        Arrays.sort(ticks);
        long latest = Long.MAX_VALUE;
        for (int i = ticks.length - 1; i >= 0; i--) {
            long decode = Math.min(ticks[i] - LEAD_TICKS, shownTicks[i]);
            ticks[i] = Math.min(decode, latest - 1);
            latest = ticks[i];
        }
        return ticks;
    }
}
