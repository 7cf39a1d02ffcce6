package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which bytes the open slot needs, and what is known so far of the slots behind it: from which
/// keyframe, up to the end of which frame.
final class Needs {

    private static final long NONE = -1;

    /// What begins to count with a slot.
    ///
    /// @param keyBytes where the last keyframe begins from which the slot can be decoded
    /// @param endBytes where the last frame ends that the slot wants
    private record Slot(long keyBytes, long endBytes) {

        static final Slot EMPTY = new Slot(NONE, NONE);

        Slot and(Slot later) {
            return new Slot(Math.max(keyBytes, later.keyBytes), Math.max(endBytes, later.endBytes));
        }
    }

    private final SortedMap<Long, Slot> later = new TreeMap<>();
    private long openSlot;
    private long firstKeyBytes = NONE;
    private Slot open = Slot.EMPTY;

    long openSlot() {
        return openSlot;
    }

    void picture(PlacedFrame.Picture picture, long startBytes, long endBytes) {
        add(Grid.showing(picture.ticks()), new Slot(NONE, endBytes));
        if (picture.keyframe()) {
            firstKeyBytes = firstKeyBytes == NONE ? startBytes : firstKeyBytes;
            add(Grid.decodableFrom(picture.ticks()), new Slot(startBytes, NONE));
        }
    }

    void sound(PlacedFrame.Sound sound, long endBytes) {
        add(Grid.hearing(sound.firstSample()), new Slot(NONE, endBytes));
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
        open = next == null ? open : open.and(next);
    }

    /// Where the keyframe begins that the open slot needs: the last one at or before its start, or
    /// else the stream's first; [Long#MAX_VALUE] when there is none.
    long keyBytes() {
        long key = open.keyBytes == NONE ? firstKeyBytes : open.keyBytes;
        return key == NONE ? Long.MAX_VALUE : key;
    }

    /// Where the last frame ends that the open slot wants.
    long endBytes() {
        return open.endBytes;
    }

    /// All that [#keyBytes] can still become from keyframes that have come.
    List<Long> possibleKeyBytes() {
        List<Long> keys = new ArrayList<>();
        keys.add(keyBytes());
        later.values().stream().map(Slot::keyBytes).filter(key -> key != NONE).forEach(keys::add);
        return keys;
    }

    void save(StateOutput out) {
        out.number(openSlot).number(firstKeyBytes).number(open.keyBytes).number(open.endBytes);
        out.number(later.size());
        later.forEach((slot, what) -> out.number(slot).number(what.keyBytes).number(what.endBytes));
    }

    static Needs restore(StateInput in) {
        Needs needs = new Needs();
        needs.openSlot = in.number();
        needs.firstKeyBytes = in.number();
        needs.open = new Slot(in.number(), in.number());
        for (long count = in.number(); count > 0; count--) {
            needs.later.put(in.number(), new Slot(in.number(), in.number()));
        }
        return needs;
    }
}
