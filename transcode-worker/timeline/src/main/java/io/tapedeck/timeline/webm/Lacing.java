package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MalformedStreamException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes a block apart that holds several frames (RFC 9559 section 10.3). The first byte is how
/// many there are, less one; then come the sizes of all but the last one, in one of three ways; the
/// last one is what is left. At most 256 frames, whose sizes are never more than the bytes that
/// came.
final class Lacing {

    /// Of a block's flags.
    static final int FLAGS = 0x06;

    private static final int XIPH = 0x02;
    private static final int FIXED_SIZE = 0x04;

    private static final int XIPH_GOES_ON = 255;

    private final byte[] payload;
    private final long startBytes;
    private int next;

    private Lacing(byte[] payload, long startBytes) {
        this.payload = payload;
        this.startBytes = startBytes;
    }

    /// @param flags of the block, which say that there are several
    /// @param payload all that is behind the flags
    /// @param startBytes where the block is in the run
    /// @return the frames in their order; some may be empty
    static List<byte[]> frames(int flags, byte[] payload, long startBytes)
            throws MalformedStreamException {
        var lacing = new Lacing(payload, startBytes);
        int count = lacing.octet() + 1;
        return lacing.cut(
                switch (flags & FLAGS) {
                    case XIPH -> lacing.xiphSizes(count);
                    case FIXED_SIZE -> lacing.equalSizes(count);
                    default -> lacing.ebmlSizes(count);
                });
    }

    /// Each size is a sum of bytes, of which the first that is not 255 is the last one.
    private long[] xiphSizes(int count) throws MalformedStreamException {
        long[] sizes = new long[count];
        for (int i = 0; i < count - 1; i++) {
            int more;
            do {
                more = octet();
                sizes[i] += more;
            } while (more == XIPH_GOES_ON);
        }
        return withLast(sizes);
    }

    /// The first size is a variable-size integer, each other one by how much it differs from the
    /// one before.
    private long[] ebmlSizes(int count) throws MalformedStreamException {
        long[] sizes = new long[count];
        for (int i = 0; i < count - 1; i++) {
            int length = vintLength();
            long value = vint(length);
            sizes[i] = i == 0 ? value : sizes[i - 1] + value - middle(length);
            if (sizes[i] < 0 || sizes[i] > payload.length) {
                throw impossible();
            }
        }
        return withLast(sizes);
    }

    /// What stands for no difference: half of all that fits in.
    private static long middle(int length) {
        return (1L << (7 * length - 1)) - 1;
    }

    private long[] equalSizes(int count) throws MalformedStreamException {
        if ((payload.length - next) % count != 0) {
            throw impossible();
        }
        long[] sizes = new long[count];
        Arrays.fill(sizes, (payload.length - next) / count);
        return sizes;
    }

    private long[] withLast(long[] sizes) {
        sizes[sizes.length - 1] = payload.length - next - Arrays.stream(sizes).sum();
        return sizes;
    }

    private List<byte[]> cut(long[] sizes) throws MalformedStreamException {
        var frames = new ArrayList<byte[]>();
        for (long size : sizes) {
            if (size < 0 || size > payload.length - next) {
                throw impossible();
            }
            frames.add(Arrays.copyOfRange(payload, next, next + (int) size));
            next += (int) size;
        }
        return frames;
    }

    private int octet() throws MalformedStreamException {
        if (next == payload.length) {
            throw impossible();
        }
        return payload[next++] & 0xFF;
    }

    private int vintLength() throws MalformedStreamException {
        int length = next == payload.length ? 9 : ElementHeader.vintLength(payload[next]);
        if (length > 8 || length > payload.length - next) {
            throw impossible();
        }
        return length;
    }

    private long vint(int length) throws MalformedStreamException {
        long value = ElementHeader.vint(payload, next, length);
        if (value == ElementHeader.UNKNOWN_SIZE) {
            throw impossible();
        }
        next += length;
        return value;
    }

    private MalformedStreamException impossible() {
        return MalformedStreamException.at(
                startBytes, "frames that share a block have impossible sizes");
    }
}
