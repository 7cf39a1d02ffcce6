package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;

/// From a run's own times to the timestamps in segments and back: the session's timeline plus ten
/// seconds, which leaves room for what is encoded before a session's start and then dropped.
record SessionClock(long originTicks) {

    static final long OFFSET_TICKS = 10 * Ticks.PER_SECOND;

    /// Timestamps of MPEG-TS have 33 bits.
    private static final long RANGE_TICKS = 1L << 33;

    static SessionClock of(Window window) {
        return new SessionClock(window.originTicks());
    }

    long ticks(long runTicks) {
        return Math.addExact(Math.addExact(runTicks, originTicks), OFFSET_TICKS);
    }

    /// Exact: origins are whole AAC frames and the offset is whole seconds.
    long samples(long runSamples) {
        return Math.addExact(runSamples, Math.addExact(originTicks, OFFSET_TICKS) / 15 * 8);
    }

    /// The run's time of a timestamp of which only 33 bits are left, hours around `nearTicks`.
    long runTicks(long timestamp, long nearTicks) {
        long off = Math.floorMod(timestamp - ticks(nearTicks), RANGE_TICKS);
        return nearTicks + (off < RANGE_TICKS / 2 ? off : off - RANGE_TICKS);
    }
}
