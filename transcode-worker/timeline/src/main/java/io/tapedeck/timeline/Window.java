package io.tapedeck.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

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
/// @param pictures of the source that are at home in it, each counted as it came, once in each cut;
///   one that came too late for its window counts where it came. Empty when it was planned before
///   they were counted
/// @param source which bytes of the run to read
public record Window(
        Cut cut,
        long index,
        int run,
        long originTicks,
        long startTicks,
        long endTicks,
        boolean last,
        OptionalLong pictures,
        ByteSpan source) {

    public static final long SAMPLES_PER_AAC_FRAME = 1024;

    /// Neighbours as one window, to be read and rendered at one go. It has the first one's number
    /// and checkpoint, and all their bytes.
    ///
    /// @param neighbours of one stretch, in order, at least one
    /// @throws IllegalArgumentException they do not follow each other
    public static Window joined(List<Window> neighbours) {
        if (neighbours.isEmpty()) {
            throw new IllegalArgumentException("no windows to join");
        }
        Window first = neighbours.getFirst();
        Window last = first;
        long fromBytes = first.source.fromBytes;
        long toBytes = first.source.toBytes;
        List<byte[]> further = new ArrayList<>();
        OptionalLong pictures = first.pictures;
        for (Window next : neighbours.subList(1, neighbours.size())) {
            if (!next.follows(last)) {
                throw new IllegalArgumentException(
                        "window %d does not follow window %d".formatted(next.index, last.index));
            }
            fromBytes = Math.min(fromBytes, next.source.fromBytes);
            toBytes = Math.max(toBytes, next.source.toBytes);
            further.add(next.source.checkpoint);
            pictures = sum(pictures, next.pictures);
            last = next;
        }
        return new Window(
                first.cut,
                first.index,
                first.run,
                first.originTicks,
                first.startTicks,
                last.endTicks,
                last.last,
                pictures,
                new ByteSpan(fromBytes, toBytes, first.source.checkpoint, further));
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() + other.getAsLong())
                : OptionalLong.empty();
    }

    /// Whether it begins where another one of the same stretch ends.
    private boolean follows(Window before) {
        return !before.last
                && cut == before.cut
                && run == before.run
                && originTicks == before.originTicks
                && index == before.index + 1
                && startTicks == before.endTicks;
    }

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

    /// Whether a time of the run lies in it.
    public boolean holds(long ticks) {
        return startTicks <= ticks && ticks < endTicks;
    }

    /// Bytes of a run: `[fromBytes, toBytes)`, to be read by a parser restored from `checkpoint`.
    ///
    /// @param checkpoint opaque saved state of the parser and clocks at `fromBytes`
    /// @param further checkpoints of neighbours that are read at the same go
    public record ByteSpan(long fromBytes, long toBytes, byte[] checkpoint, List<byte[]> further) {

        public ByteSpan {
            further = List.copyOf(further);
        }

        public ByteSpan(long fromBytes, long toBytes, byte[] checkpoint) {
            this(fromBytes, toBytes, checkpoint, List.of());
        }
    }
}
