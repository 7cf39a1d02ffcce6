package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which bytes the open slot needs, and what is known so far of the slots behind it: from which
/// keyframe, up to the end of which frame. Keyframes go by the number of their block. And how many
/// pictures are at home in each.
final class Needs {

    private static final long NONE = -1;

    /// What begins to count with a slot.
    ///
    /// @param keyBlock the last keyframe from which the slot can be decoded
    /// @param endBytes where the last frame ends that the slot wants
    /// @param pictures of its own
    private record Slot(long keyBlock, long endBytes, long pictures) {

        static final Slot EMPTY = new Slot(NONE, NONE, 0);

        Slot and(Slot later) {
            return new Slot(
                    Math.max(keyBlock, later.keyBlock),
                    Math.max(endBytes, later.endBytes),
                    pictures + later.pictures);
        }

        /// What of it holds for the next slot.
        Slot past() {
            return new Slot(keyBlock, endBytes, 0);
        }

        void save(StateOutput out) {
            out.number(keyBlock).number(endBytes).number(pictures);
        }

        static Slot restore(StateInput in) {
            return new Slot(in.number(), in.number(), in.number());
        }
    }

    private final Grid grid;
    private final SortedMap<Long, Slot> later = new TreeMap<>();
    private long openSlot;
    private long firstKeyBlock = NONE;
    private Slot open = Slot.EMPTY;

    Needs(Grid grid) {
        this.grid = grid;
    }

    long openSlot() {
        return openSlot;
    }

    /// A picture whose slot is closed already is lost. It counts in the open one, so that what is
    /// shown can never be as many as came.
    void picture(PlacedFrame.Picture picture, long block, long endBytes) {
        add(grid.showing(picture.ticks()), new Slot(NONE, endBytes, 1));
        if (picture.keyframe()) {
            firstKeyBlock = firstKeyBlock == NONE ? block : firstKeyBlock;
            add(grid.decodableFrom(picture.ticks()), new Slot(block, NONE, 0));
        }
    }

    /// @param firstSample at 48 kHz
    void sound(long firstSample, long endBytes) {
        add(grid.hearing(firstSample), new Slot(NONE, endBytes, 0));
    }

    private void add(long slot, Slot what) {
        if (slot <= openSlot) {
            open = open.and(what);
        } else {
            later.merge(slot, what, Slot::and);
        }
    }

    /// Moves on to the next slot.
    void advance() {
        openSlot++;
        Slot next = later.remove(openSlot);
        open = next == null ? open.past() : open.past().and(next);
    }

    /// The keyframe that the open slot needs: the last one at or before its start, or else the
    /// stream's first; [Long#MAX_VALUE] when there is none.
    long keyBlock() {
        long key = open.keyBlock == NONE ? firstKeyBlock : open.keyBlock;
        return key == NONE ? Long.MAX_VALUE : key;
    }

    /// Where the last frame ends that the open slot wants.
    long endBytes() {
        return open.endBytes;
    }

    /// How many pictures are at home in the open slot so far.
    long pictures() {
        return open.pictures;
    }

    /// All that [#keyBlock] can still become from keyframes that have come.
    List<Long> possibleKeyBlocks() {
        List<Long> keys = new ArrayList<>();
        keys.add(keyBlock());
        later.values().stream().map(Slot::keyBlock).filter(key -> key != NONE).forEach(keys::add);
        return keys;
    }

    void save(StateOutput out) {
        out.number(openSlot).number(firstKeyBlock);
        open.save(out);
        out.number(later.size());
        later.forEach((slot, what) -> what.save(out.number(slot)));
    }

    static Needs restore(StateInput in, Grid grid) {
        Needs needs = new Needs(grid);
        needs.openSlot = in.number();
        needs.firstKeyBlock = in.number();
        needs.open = Slot.restore(in);
        for (long count = in.number(); count > 0; count--) {
            needs.later.put(in.number(), Slot.restore(in));
        }
        return needs;
    }
}
