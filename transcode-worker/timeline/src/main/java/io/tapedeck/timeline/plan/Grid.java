package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;

/// The grid on which windows are cut: slot n of a stream begins at n times the length of a slot.
///
/// @param slotTicks how long one is, whole seconds from one to ten
public record Grid(long slotTicks) {

    private static final int MOST_SECONDS = 10;

    /// Slots of two seconds.
    public static final Grid USUAL = ofSeconds(2);

    public Grid {
        if (slotTicks < Ticks.PER_SECOND
                || slotTicks > MOST_SECONDS * Ticks.PER_SECOND
                || slotTicks % Ticks.PER_SECOND != 0) {
            throw new IllegalArgumentException("not the length of a slot: " + slotTicks);
        }
    }

    /// Slots of so many seconds.
    public static Grid ofSeconds(int seconds) {
        return new Grid(seconds * Ticks.PER_SECOND);
    }

    long startTicks(long slot) {
        return slot * slotTicks;
    }

    long endTicks(long slot) {
        return startTicks(slot + 1);
    }

    /// The slot that shows what is at `ticks`.
    long showing(long ticks) {
        return Math.floorDiv(ticks, slotTicks);
    }

    /// The first slot that can be decoded from a keyframe at `ticks` from its start on.
    long decodableFrom(long ticks) {
        return Math.ceilDiv(ticks, slotTicks);
    }

    /// The first slot that wants the sample, be it as post-roll.
    long hearing(long sample) {
        long slot = showing(Ticks.ofSamples(sample)) - 1;
        while (sample >= WindowInput.soundUntil(endTicks(slot))) {
            slot++;
        }
        return slot;
    }

    void save(StateOutput out) {
        out.number(slotTicks);
    }

    static Grid restore(StateInput in) {
        return new Grid(in.number());
    }
}
