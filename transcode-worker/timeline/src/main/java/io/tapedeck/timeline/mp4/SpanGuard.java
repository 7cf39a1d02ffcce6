package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.Ticks;
import java.util.ArrayDeque;
import java.util.Deque;

/// Sees to it that no window asks for more than a worker wants to read at a time: what is between
/// the keyframe that it needs and its end has to lie together, and be few enough frames. Roughly,
/// by groups of pictures of half a second or more.
final class SpanGuard {

    static final long MOST_BYTES = 64L << 20;

    private static final long SHORTEST_TICKS = Ticks.PER_SECOND / 2;

    /// A window of the grid, with what is wanted behind it.
    private static final long WINDOW_TICKS = 5 * Ticks.PER_SECOND / 2;

    /// Clocks that jump make groups of nothing.
    private static final int MOST_GROUPS = 64;

    private final Deque<Group> groups = new ArrayDeque<>();

    private static final class Group {

        private final long startTicks;
        private long fromBytes = Long.MAX_VALUE;
        private long toBytes;
        private long sizeBytes;
        private long samples;

        Group(long startTicks) {
            this.startTicks = startTicks;
        }

        void add(long from, long to, long size, long count) {
            fromBytes = Math.min(fromBytes, from);
            toBytes = Math.max(toBytes, to);
            sizeBytes += size;
            samples += count;
        }

        void require() throws NotIndexableException {
            if (toBytes - fromBytes > MOST_BYTES || sizeBytes > MOST_BYTES) {
                throw new NotIndexableException("what belongs together lies too far apart");
            }
            if (samples > Excerpts.MOST_SAMPLES / 2) {
                throw new NotIndexableException("its keyframes are too far apart");
            }
        }
    }

    /// Takes the next sample, in the order of time.
    ///
    /// @param pictures whether the file has any
    void add(IndexedSample sample, long atTicks, boolean pictures) throws NotIndexableException {
        boolean key = !pictures || (sample.isPicture() && sample.keyframe());
        if (groups.isEmpty() || key && atTicks - groups.getLast().startTicks >= SHORTEST_TICKS) {
            close(atTicks);
            groups.addLast(new Group(atTicks));
        }
        groups.getLast().add(sample.startBytes(), sample.endBytes(), sample.sizeBytes(), 1);
        groups.getLast().require();
    }

    void end() throws NotIndexableException {
        close(Long.MAX_VALUE);
    }

    /// All groups that a window may need which ends now, and the one before, for its sound.
    private void close(long nowTicks) throws NotIndexableException {
        Group all = new Group(0);
        for (Group group : groups) {
            all.add(group.fromBytes, group.toBytes, group.sizeBytes, group.samples);
        }
        all.require();
        while (groups.size() > MOST_GROUPS || (groups.size() > 2 && isPast(nowTicks))) {
            groups.removeFirst();
        }
    }

    /// Whether the first group is not needed any more: a window that is still to end needs the
    /// third at most.
    private boolean isPast(long nowTicks) {
        return groups.stream().skip(2).findFirst().orElseThrow().startTicks
                <= nowTicks - WINDOW_TICKS;
    }
}
