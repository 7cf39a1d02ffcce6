package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.clock.RunClock;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;

/// A place right before a block from which reading can begin.
///
/// @param block number of that block in its stream
/// @param offsetBytes where to begin to read in the run
/// @param place the parser's, see [io.tapedeck.timeline.stream.StreamParser#place]
/// @param clock the clocks before that block
record Checkpoint(long block, long offsetBytes, byte[] place, RunClock clock) {

    void save(StateOutput out) {
        out.number(block).number(offsetBytes).bytes(place);
        clock.save(out);
    }

    static Checkpoint restore(StateInput in) {
        return new Checkpoint(in.number(), in.number(), in.bytes(), RunClock.restore(in));
    }

    /// See [RunClock#restoreInOrder].
    static Checkpoint restoreInOrder(StateInput in) {
        return new Checkpoint(in.number(), in.number(), in.bytes(), RunClock.restoreInOrder(in));
    }
}
