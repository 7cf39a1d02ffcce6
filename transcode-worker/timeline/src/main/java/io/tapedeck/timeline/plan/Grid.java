package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.WindowInput;

/// The grid on which windows are cut: slot n is `[2n s, 2n + 2 s)` of a stream.
final class Grid {

    static final long SLOT_TICKS = 2 * Ticks.PER_SECOND;

    private Grid() {}

    static long startTicks(long slot) {
        return slot * SLOT_TICKS;
    }

    static long endTicks(long slot) {
        return startTicks(slot + 1);
    }

    /// The slot that shows what is at `ticks`.
    static long showing(long ticks) {
        return Math.floorDiv(ticks, SLOT_TICKS);
    }

    /// The first slot that can be decoded from a keyframe at `ticks` from its start on.
    static long decodableFrom(long ticks) {
        return Math.ceilDiv(ticks, SLOT_TICKS);
    }

    /// The first slot that wants the sample, be it as post-roll.
    static long hearing(long sample) {
        long slot = showing(Ticks.ofSamples(sample)) - 1;
        while (sample >= WindowInput.soundUntil(endTicks(slot))) {
            slot++;
        }
        return slot;
    }
}
