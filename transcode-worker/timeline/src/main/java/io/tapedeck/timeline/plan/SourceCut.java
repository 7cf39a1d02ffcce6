package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a stream of H.264 can be cut without encoding its pictures anew: at IDR pictures, every
/// two seconds, or as often as the grid if that is finer, or as soon after that as one comes; where
/// none comes soon enough, at one that was passed over because it came too soon. That is impossible
/// where pictures are shown on the other side of an IDR picture than they come on, where the first
/// one is no IDR picture, and where they are too far apart for the duration that a playlist
/// promises.
final class SourceCut {

    /// At least so much of a slot, because recorders that are asked for a keyframe every two
    /// seconds are early by some milliseconds.
    private static final int SHORTEST_PERCENT = 90;

    /// What the playlist of such a rendition declares bounds durations that are rounded to the
    /// nearest second (RFC 8216bis section 4.4.3.1): 250 pictures of a film, which is how far apart
    /// encoders put keyframes unless told otherwise, are 10.43 s.
    static final long LONGEST_TICKS = 10 * Ticks.PER_SECOND + Ticks.PER_SECOND / 2 - 1;

    /// A first picture that is later than this has a piece without pictures before it.
    private static final long LATE_TICKS = Ticks.PER_SECOND / 2;

    private static final long NO_PICTURE = Long.MAX_VALUE;
    private static final long NONE = -1;

    /// A piece of the stream.
    ///
    /// @param keyBlock number of the block of its first picture, [#NO_PICTURE] without one
    /// @param endTicks [#NONE] until its end is known
    /// @param endBytes where the last frame ends that it wants
    /// @param pictures in it
    record Slot(long startTicks, long keyBlock, long endTicks, long endBytes, long pictures) {

        private static Slot at(long startTicks, long keyBlock) {
            return new Slot(startTicks, keyBlock, NONE, 0, 0);
        }

        private Slot from(long block) {
            return new Slot(startTicks, block, endTicks, endBytes, pictures);
        }

        private Slot until(long ticks) {
            return new Slot(startTicks, keyBlock, ticks, endBytes, pictures);
        }

        private Slot with(long moreBytes) {
            long bytes = Math.max(endBytes, moreBytes);
            return new Slot(startTicks, keyBlock, endTicks, bytes, pictures);
        }

        private Slot withPicture(long moreBytes) {
            long bytes = Math.max(endBytes, moreBytes);
            return new Slot(startTicks, keyBlock, endTicks, bytes, pictures + 1);
        }

        private boolean hears(long firstSample) {
            return endTicks == NONE || firstSample < WindowInput.soundUntil(endTicks);
        }

        private void save(StateOutput out) {
            out.number(startTicks).number(keyBlock).number(endTicks);
            out.number(endBytes).number(pictures);
        }

        private static Slot restore(StateInput in) {
            return new Slot(in.number(), in.number(), in.number(), in.number(), in.number());
        }
    }

    /// A piece cut in two.
    private record Halves(Slot before, Slot behind) {

        private static Halves of(Slot whole, long ticks, long block) {
            return new Halves(whole.until(ticks), Slot.at(ticks, block));
        }

        private Halves withPicture(long endBytes) {
            return new Halves(before, behind.withPicture(endBytes));
        }

        private Halves withSound(long firstSample, long endBytes) {
            return new Halves(
                    before.hears(firstSample) ? before.with(endBytes) : before,
                    behind.with(endBytes));
        }
    }

    /// In order; only the last one may have no end yet.
    private final List<Slot> open = new ArrayList<>();

    private final long shortestTicks;

    /// What the last one becomes if it gets too long: cut at the last IDR picture that was passed
    /// over.
    private @Nullable Halves halves;

    private boolean possible;
    private boolean pictures;
    private long lastContainerTicks = Long.MIN_VALUE;
    private long newestTicks = Long.MIN_VALUE;
    private long idrTicks = Long.MIN_VALUE;

    /// @param possible whether the stream's codec and what came before it allow such a cut
    SourceCut(boolean possible, Grid grid) {
        this.possible = possible;
        this.shortestTicks =
                Math.min(grid.slotTicks(), Grid.USUAL.slotTicks()) * SHORTEST_PERCENT / 100;
        open.add(Slot.at(0, NO_PICTURE));
    }

    boolean isPossible() {
        return possible;
    }

    /// @param block its number
    /// @param reordered whether pictures may be shown in another order than they come in
    void picture(Block picture, long ticks, long block, boolean reordered) {
        if (!possible) {
            return;
        }
        boolean first = !pictures;
        pictures = true;
        possible = isInOrder(picture, ticks, reordered) && (picture.idr() || !first);
        lastContainerTicks = picture.ticks();
        newestTicks = Math.max(newestTicks, ticks);
        idrTicks = picture.idr() ? ticks : idrTicks;
        long distance = ticks - open.getLast().startTicks();
        if (first && ticks <= LATE_TICKS) {
            open.set(open.size() - 1, open.getLast().from(block));
        } else if (first || picture.idr() && distance >= shortestTicks) {
            end(ticks);
            open.add(Slot.at(ticks, block));
        } else if (picture.idr()) {
            halves = Halves.of(open.getLast(), ticks, block);
        }
        open.set(open.size() - 1, open.getLast().withPicture(picture.endBytes()));
        halves = halves == null ? null : halves.withPicture(picture.endBytes());
    }

    /// What comes before an IDR picture is to be shown before it, and what comes behind it, behind.
    private boolean isInOrder(Block picture, long ticks, boolean reordered) {
        if (!reordered) {
            return picture.ticks() >= lastContainerTicks;
        }
        return ticks > (picture.idr() ? newestTicks : idrTicks);
    }

    /// @param firstSample at 48 kHz
    void sound(long firstSample, long endBytes) {
        for (int i = 0; possible && i < open.size(); i++) {
            if (open.get(i).hears(firstSample)) {
                open.set(i, open.get(i).with(endBytes));
            }
        }
        halves = halves == null ? null : halves.withSound(firstSample, endBytes);
    }

    /// Gives up when nothing has come for so long that no cut can be right.
    ///
    /// @param frontTicks how far the stream has come
    void passed(long frontTicks) {
        shorten(frontTicks, LONGEST_TICKS + LATE_TICKS);
        possible &= frontTicks - open.getLast().startTicks() <= LONGEST_TICKS + LATE_TICKS;
    }

    /// Cuts the last piece in two where that is possible and it would be too long.
    private void shorten(long untilTicks, long longestTicks) {
        if (halves != null && untilTicks - open.getLast().startTicks() > longestTicks) {
            open.set(open.size() - 1, halves.before());
            open.add(halves.behind());
            halves = null;
        }
    }

    /// The oldest piece whose end is known.
    Optional<Slot> ended() {
        // Asked for behind every frame.
        if (!possible || open.isEmpty() || open.getFirst().endTicks() == NONE) {
            return Optional.empty();
        }
        return Optional.of(open.getFirst());
    }

    /// Forgets [#ended].
    void close() {
        open.removeFirst();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /// The last piece ends.
    void end(long ticks) {
        shorten(ticks, LONGEST_TICKS);
        Slot last = open.getLast();
        possible &= ticks - last.startTicks() <= LONGEST_TICKS;
        open.set(open.size() - 1, last.until(ticks));
        halves = null;
    }

    /// Pictures from which pieces begin that are not closed.
    List<Long> keyBlocks() {
        return possible ? pieces().map(Slot::keyBlock).toList() : List.of();
    }

    /// Times at which pieces begin that are not closed.
    LongStream starts() {
        return pieces().mapToLong(Slot::startTicks);
    }

    /// Those that are not closed, and one that there may be.
    private Stream<Slot> pieces() {
        return Stream.concat(open.stream(), Stream.ofNullable(halves).map(Halves::behind));
    }

    void save(StateOutput out) {
        out.flag(possible).flag(pictures).number(lastContainerTicks);
        out.number(newestTicks).number(idrTicks).number(open.size());
        open.forEach(slot -> slot.save(out));
        out.flag(halves != null);
        if (halves != null) {
            halves.before().save(out);
            halves.behind().save(out);
        }
    }

    /// @param halved false for one from when nothing was known of IDR pictures that were passed
    ///   over
    static SourceCut restore(StateInput in, Grid grid, boolean halved) {
        SourceCut cut = new SourceCut(in.flag(), grid);
        cut.pictures = in.flag();
        cut.lastContainerTicks = in.number();
        cut.newestTicks = in.number();
        cut.idrTicks = in.number();
        cut.open.clear();
        for (long count = in.number(); count > 0; count--) {
            cut.open.add(Slot.restore(in));
        }
        if (halved && in.flag()) {
            cut.halves = new Halves(Slot.restore(in), Slot.restore(in));
        }
        return cut;
    }
}
