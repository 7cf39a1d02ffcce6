package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.StreamParser;
import java.util.ArrayList;
import java.util.List;

/// What [io.tapedeck.timeline.Window.ByteSpan#checkpoint] holds: a checkpoint and what it needs to
/// stand alone.
///
/// @param header the parser's, see [io.tapedeck.timeline.stream.StreamParser#header]
/// @param excerpt what to read from there, see [io.tapedeck.timeline.stream.StreamParser#excerpt];
///   empty where the bytes tell themselves
record WindowCheckpoint(StreamFormat format, byte[] header, Checkpoint checkpoint, byte[] excerpt) {

    private static final int VERSION = 3;

    /// From when pictures were always taken to be shown in the order that they come in.
    private static final int IN_ORDER = 2;

    private static final byte[] NOTHING = {};

    /// A parser that stands there and collects payloads.
    ///
    /// @param span of the window or, with all of their checkpoints, of neighbours
    StreamParser parser(Window.ByteSpan span) {
        if (excerpt.length == 0) {
            return format.resume(header, checkpoint.place(), checkpoint.offsetBytes());
        }
        List<byte[]> excerpts = new ArrayList<>();
        excerpts.add(excerpt);
        span.further().forEach(other -> excerpts.add(of(other).excerpt));
        return format.resume(header, excerpts, span.fromBytes());
    }

    byte[] toByteArray() {
        StateOutput out = new StateOutput().number(VERSION).choice(format).bytes(header);
        checkpoint.save(out);
        return out.bytes(excerpt).toByteArray();
    }

    static WindowCheckpoint of(byte[] bytes) {
        StateInput in = new StateInput(bytes);
        boolean inOrder = in.version(IN_ORDER, VERSION) == IN_ORDER;
        return new WindowCheckpoint(
                in.choice(StreamFormat.class),
                in.bytes(),
                inOrder ? Checkpoint.restoreInOrder(in) : Checkpoint.restore(in),
                inOrder ? NOTHING : in.bytes());
    }
}
