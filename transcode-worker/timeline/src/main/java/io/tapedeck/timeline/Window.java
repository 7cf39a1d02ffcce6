package io.tapedeck.timeline;

/// A span of the media timeline to render: `[startTicks, endTicks)` of one run.
///
/// @param cut which cut of the timeline it belongs to
/// @param index number in that cut of the session, from 0
/// @param run the run whose bytes it is made of
/// @param originTicks where the run starts on the session's timeline; a multiple of
///   [Ticks#PER_AAC_FRAME]
/// @param startTicks start in the run
/// @param endTicks end in the run, exclusive
/// @param last whether the run ends with it
/// @param source which bytes of the run to read
public record Window(
        Cut cut,
        long index,
        int run,
        long originTicks,
        long startTicks,
        long endTicks,
        boolean last,
        ByteSpan source) {

    public static final long SAMPLES_PER_AAC_FRAME = 1024;

    /// The run's first AAC frame whose first sample lies in the window. Frame k of a run covers its
    /// 48 kHz samples `[1024k, 1024k + 1024)`.
    public long firstAacFrame() {
        return firstAacFrameFrom(startTicks);
    }

    /// The run's first AAC frame that belongs to the next window.
    public long endAacFrame() {
        return firstAacFrameFrom(endTicks);
    }

    static long firstAacFrameFrom(long ticks) {
        return Math.ceilDiv(Ticks.toSamplesCeil(ticks), SAMPLES_PER_AAC_FRAME);
    }

    /// Start on the session's timeline.
    public long sessionStartTicks() {
        return originTicks + startTicks;
    }

    public long durationTicks() {
        return endTicks - startTicks;
    }

    /// Bytes of a run: `[fromBytes, toBytes)`, to be read by a parser restored from `checkpoint`.
    ///
    /// @param checkpoint opaque saved state of the parser and clocks at `fromBytes`
    public record ByteSpan(long fromBytes, long toBytes, byte[] checkpoint) {}
}
