package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.clock.RunClock;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.StreamParser;
import java.util.Optional;

/// What a run's bytes are wrapped in, being read.
///
/// @param parser that stands somewhere in the bytes
record Container(StreamFormat format, StreamParser parser) {

    private static final byte[] NOTHING = {};

    /// At its first byte.
    static Container begin(StreamFormat format) {
        return new Container(format, format.parser());
    }

    /// What it consists of, once its header has come.
    Optional<Tracks> tracks() {
        return parser.tracks();
    }

    /// A place to read from, right before a block that has just come.
    ///
    /// @param clock before that block
    Checkpoint before(long block, long startBytes, RunClock clock) {
        return new Checkpoint(block, startBytes, parser.place(), clock);
    }

    /// The bytes from a checkpoint on.
    ///
    /// @param endBytes where they end at least
    Window.ByteSpan span(Checkpoint from, long endBytes) {
        return parser.excerpt(from.place())
                .map(excerpt ->
                        new Window.ByteSpan(
                                excerpt.fromBytes(),
                                excerpt.toBytes(),
                                state(from, excerpt.description())))
                .orElseGet(() -> {
                    long until = Math.max(from.offsetBytes(), endBytes);
                    return new Window.ByteSpan(from.offsetBytes(), until, state(from, NOTHING));
                });
    }

    private byte[] state(Checkpoint from, byte[] excerpt) {
        return new WindowCheckpoint(format, parser.header(), from, excerpt).toByteArray();
    }

    void save(StateOutput out) {
        out.choice(format);
        parser.save(out);
    }

    static Container restore(StateInput in) {
        StreamFormat format = in.choice(StreamFormat.class);
        return new Container(format, format.restore(in));
    }
}
