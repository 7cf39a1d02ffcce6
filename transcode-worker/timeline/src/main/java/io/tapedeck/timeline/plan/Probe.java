package io.tapedeck.timeline.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// The first bytes of a run, as many as it takes to tell its container. A tag in front (ID3v2,
/// which may hold megabytes of pictures) is passed over.
final class Probe {

    private static final int TAG_HEADER_BYTES = 10;
    private static final int HAS_FOOTER = 0x10;

    /// Behind the first few, bytes are looked at in steps.
    private static final int STEP_BYTES = 256;

    private byte[] seen = {};

    /// Of tags, so far.
    private long passedBytes;

    /// Of a tag, still to come.
    private long tagBytes;

    /// Takes bytes until they tell the container.
    ///
    /// @throws MediaException it is none that can be planned
    Optional<StreamFormat> take(ByteBuffer bytes) throws MediaException {
        Optional<StreamFormat> format = Optional.empty();
        while (format.isEmpty() && bytes.hasRemaining()) {
            if (tagBytes > 0) {
                pass(bytes);
            } else if (grow(bytes)) {
                format = StreamFormat.detect(seen, passedBytes > 0);
                passTag();
            }
        }
        return format;
    }

    private void pass(ByteBuffer bytes) {
        int count = (int) Math.min(tagBytes, bytes.remaining());
        bytes.position(bytes.position() + count);
        tagBytes -= count;
        passedBytes += count;
    }

    /// @return whether it is worth looking at what has come
    private boolean grow(ByteBuffer bytes) {
        int step = seen.length < FirstBytes.FEW ? 1 : STEP_BYTES - seen.length % STEP_BYTES;
        int count = Math.min(step, bytes.remaining());
        seen = Arrays.copyOf(seen, seen.length + count);
        bytes.get(seen, seen.length - count, count);
        return seen.length <= FirstBytes.FEW || seen.length % STEP_BYTES == 0;
    }

    /// A tag says how long it is, seven bits a byte (ID3 tag version 2.4.0, section 3.1).
    private void passTag() {
        if (seen.length == TAG_HEADER_BYTES && new String(seen, 0, 3, ISO_8859_1).equals("ID3")) {
            for (int i = 6; i < TAG_HEADER_BYTES; i++) {
                tagBytes = tagBytes << 7 | (seen[i] & 0x7F);
            }
            tagBytes += (seen[5] & HAS_FOOTER) == 0 ? 0 : TAG_HEADER_BYTES;
            passedBytes += TAG_HEADER_BYTES;
            seen = new byte[0];
        }
    }

    long length() {
        return passedBytes + seen.length;
    }

    /// What was taken; it is kept no longer.
    ByteBuffer drain() {
        ByteBuffer bytes = ByteBuffer.wrap(seen);
        seen = new byte[0];
        return bytes;
    }

    void save(StateOutput out) {
        out.bytes(seen).number(passedBytes).number(tagBytes);
    }

    static Probe restore(StateInput in) {
        Probe probe = new Probe();
        probe.seen = in.bytes();
        probe.passedBytes = in.number();
        probe.tagBytes = in.number();
        return probe;
    }
}
