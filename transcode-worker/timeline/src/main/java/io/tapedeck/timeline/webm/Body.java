package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// The body of an element on its way in: its first bytes are kept, the rest passes by.
final class Body {

    private final int id;
    private final long startBytes;
    private final long sizeBytes;
    private final long keptBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long left;

    /// @param id what it is, or [Ids#VOID] for whatever is of no interest
    /// @param startBytes where its element begins in the run
    /// @param keepBytes how much of it to keep
    Body(int id, long startBytes, long sizeBytes, long keepBytes) {
        this.id = id;
        this.startBytes = startBytes;
        this.sizeBytes = sizeBytes;
        this.keptBytes = Math.min(keepBytes, sizeBytes);
        this.left = sizeBytes;
    }

    int id() {
        return id;
    }

    long startBytes() {
        return startBytes;
    }

    /// Takes what belongs to it.
    ///
    /// @return how many bytes those were
    int take(ByteBuffer bytes) {
        int taken = (int) Math.min(left, bytes.remaining());
        int wanted = (int) Math.min(keptBytes - kept.size(), taken);
        if (wanted > 0) {
            byte[] piece = new byte[wanted];
            bytes.get(piece);
            kept.writeBytes(piece);
        }
        bytes.position(bytes.position() + taken - Math.max(wanted, 0));
        left -= taken;
        return taken;
    }

    boolean isComplete() {
        return left == 0;
    }

    byte[] kept() {
        return kept.toByteArray();
    }

    void save(StateOutput out) {
        out.number(id).number(startBytes).number(sizeBytes).number(keptBytes).number(left);
        out.bytes(kept.toByteArray());
    }

    static Body restore(StateInput in) {
        Body body = new Body((int) in.number(), in.number(), in.number(), in.number());
        body.left = in.number();
        body.kept.writeBytes(in.bytes());
        return body;
    }
}
