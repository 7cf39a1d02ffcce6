package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;

/// What [io.tapedeck.timeline.Window.ByteSpan#checkpoint] holds: a checkpoint and what it needs to
/// stand alone.
///
/// @param header the parser's, see [io.tapedeck.timeline.stream.StreamParser#header]
record WindowCheckpoint(StreamFormat format, byte[] header, Checkpoint checkpoint) {

    private static final int VERSION = 1;

    byte[] toByteArray() {
        StateOutput out = new StateOutput().number(VERSION).number(format.ordinal()).bytes(header);
        checkpoint.save(out);
        return out.toByteArray();
    }

    static WindowCheckpoint of(byte[] bytes) {
        StateInput in = new StateInput(bytes).version(VERSION);
        StreamFormat[] formats = StreamFormat.values();
        return new WindowCheckpoint(
                formats[in.small(formats.length - 1)], in.bytes(), Checkpoint.restore(in));
    }
}
