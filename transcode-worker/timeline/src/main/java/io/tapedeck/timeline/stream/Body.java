package io.tapedeck.timeline.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// The body of an element or box on its way in: its first bytes are kept, the rest passes by.
/// Memory grows with the bytes that came, never with a size that was claimed.
public final class Body {

    /// Of what is kept most is smaller.
    private static final int USUAL_BYTES = 1100;

    private final int id;
    private final long startBytes;
    private final long sizeBytes;
    private final ByteArrayOutputStream kept;
    private long keptBytes;
    private long left;

    /// @param id what it is, in the words of its container
    /// @param startBytes where its element begins in the run
    /// @param keepBytes how much of it to keep
    public Body(int id, long startBytes, long sizeBytes, long keepBytes) {
        this.id = id;
        this.startBytes = startBytes;
        this.sizeBytes = sizeBytes;
        this.keptBytes = Math.min(keepBytes, sizeBytes);
        this.left = sizeBytes;
        this.kept = new ByteArrayOutputStream((int) Math.min(keptBytes, USUAL_BYTES));
    }

    public int id() {
        return id;
    }

    public long startBytes() {
        return startBytes;
    }

    /// Takes what belongs to it: what is to be kept, and only when asked again what is not.
    ///
    /// @return how many bytes those were
    public int take(ByteBuffer bytes) {
        int taken = (int) Math.min(left, bytes.remaining());
        int wanted = (int) Math.min(keptBytes - kept.size(), taken);
        if (wanted > 0) {
            byte[] piece = new byte[wanted];
            bytes.get(piece);
            kept.writeBytes(piece);
            left -= wanted;
            return wanted;
        }
        bytes.position(bytes.position() + taken);
        left -= taken;
        return taken;
    }

    /// Whether there is more of it than is kept, and nothing of that has passed by yet.
    public boolean isAtRest() {
        return kept.size() == keptBytes && left > 0 && left == sizeBytes - keptBytes;
    }

    /// Keeps the rest as well.
    ///
    /// @throws IllegalStateException when it is not [#isAtRest]
    public void keepRest() {
        if (!isAtRest()) {
            throw new IllegalStateException("The rest has passed by");
        }
        keptBytes = sizeBytes;
    }

    /// Of all of it, kept or not.
    public long sizeBytes() {
        return sizeBytes;
    }

    public boolean isComplete() {
        return left == 0;
    }

    public byte[] kept() {
        return kept.toByteArray();
    }

    public void save(StateOutput out) {
        out.number(id).number(startBytes).number(sizeBytes).number(keptBytes).number(left);
        out.bytes(kept.toByteArray());
    }

    public static Body restore(StateInput in) {
        Body body = new Body((int) in.number(), in.number(), in.number(), in.number());
        body.left = in.number();
        body.kept.writeBytes(in.bytes());
        return body;
    }
}
