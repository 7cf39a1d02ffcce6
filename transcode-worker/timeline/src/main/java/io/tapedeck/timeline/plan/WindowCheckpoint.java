package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;

/// What [io.tapedeck.timeline.Window.ByteSpan#checkpoint] holds: a checkpoint and what it needs to
/// stand alone.
///
/// @param header the parser's, see [io.tapedeck.timeline.stream.StreamParser#header]
record WindowCheckpoint(StreamFormat format, byte[] header, Checkpoint checkpoint) {

    private static final int VERSION = 2;

    byte[] toByteArray() {
        StateOutput out = new StateOutput().number(VERSION).choice(format).bytes(header);
        checkpoint.save(out);
        return out.toByteArray();
    }

    static WindowCheckpoint of(byte[] bytes) {
        StateInput in = new StateInput(bytes).version(VERSION);
        return new WindowCheckpoint(
                in.choice(StreamFormat.class), in.bytes(), Checkpoint.restore(in));
    }
}
