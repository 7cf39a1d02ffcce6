package io.tapedeck.timeline;

import java.time.Duration;

/// The unit of every time on a timeline: 1/90000 s, the clock of MPEG-TS. Milliseconds and AAC
/// frames of 1024 samples at 48 kHz are whole numbers of it.
public final class Ticks {

    public static final long PER_SECOND = 90_000;
    public static final long PER_MILLI = 90;

    /// Ticks of one AAC frame: 1024 samples at 48 kHz. Runs start on multiples of it.
    public static final long PER_AAC_FRAME = 1920;

    private Ticks() {}

    public static long ofMillis(long millis) {
        return Math.multiplyExact(millis, PER_MILLI);
    }

    /// Ticks of a number of 48 kHz samples, rounded down.
    public static long ofSamples(long samples48k) {
        return Math.floorDiv(Math.multiplyExact(samples48k, 15L), 8L);
    }

    /// 48 kHz samples that begin before `ticks`, rounded up.
    public static long toSamplesCeil(long ticks) {
        return Math.ceilDiv(Math.multiplyExact(ticks, 8L), 15L);
    }

    public static long toMillis(long ticks) {
        return Math.floorDiv(ticks, PER_MILLI);
    }

    /// Rounded down to nanoseconds.
    public static Duration toDuration(long ticks) {
        return Duration.ofNanos(Math.floorDiv(Math.multiplyExact(ticks, 100_000L), 9L));
    }

    public static double toSeconds(long ticks) {
        return (double) ticks / PER_SECOND;
    }
}
