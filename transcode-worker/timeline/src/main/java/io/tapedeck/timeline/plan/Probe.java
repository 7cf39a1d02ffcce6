package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// The first bytes of a run, as many as it takes to tell its container.
final class Probe {

    private byte[] seen = {};

    /// Takes bytes until they tell the container.
    ///
    /// @throws MediaException it is none that can be planned
    Optional<StreamFormat> take(ByteBuffer bytes) throws MediaException {
        Optional<StreamFormat> format = Optional.empty();
        while (format.isEmpty() && bytes.hasRemaining()) {
            seen = Arrays.copyOf(seen, seen.length + 1);
            seen[seen.length - 1] = bytes.get();
            format = StreamFormat.detect(seen);
        }
        return format;
    }

    int length() {
        return seen.length;
    }

    /// What was taken; it is kept no longer.
    ByteBuffer drain() {
        ByteBuffer bytes = ByteBuffer.wrap(seen);
        seen = new byte[0];
        return bytes;
    }

    void save(StateOutput out) {
        out.bytes(seen);
    }

    static Probe restore(StateInput in) {
        Probe probe = new Probe();
        probe.seen = in.bytes();
        return probe;
    }
}
