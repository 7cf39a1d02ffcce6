package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Collects one box header, byte by byte: size in 4 bytes, type in 4, and a larger size in 8 where
/// it is needed (ISO/IEC 14496-12 section 4.2).
final class BoxHeader {

    /// A box that has no end but the stream's.
    static final long TO_THE_END = -1;

    static final int SHORT_BYTES = 8;
    private static final int LONG_BYTES = 16;

    /// More than any recording; a position with it added does not overflow.
    private static final long MAX_BYTES = 1L << 50;

    private final byte[] bytes = new byte[LONG_BYTES];
    private int length;

    /// Takes the header's next byte; says whether the header is complete with it.
    ///
    /// @param offsetBytes where `next` is, to tell in the failure
    boolean add(byte next, long offsetBytes) throws MalformedStreamException {
        bytes[length++] = next;
        if (length == SHORT_BYTES) {
            long size = smallSize();
            if (!BoxType.isType(type()) || (size > 1 && size < SHORT_BYTES)) {
                throw MalformedStreamException.at(offsetBytes, "no box begins here");
            }
            return size != 1;
        }
        if (length == LONG_BYTES) {
            if (largeSize() < LONG_BYTES || largeSize() > MAX_BYTES) {
                throw MalformedStreamException.at(offsetBytes, "a box has an impossible size");
            }
            return true;
        }
        return false;
    }

    int type() {
        return ByteBuffer.wrap(bytes).getInt(4);
    }

    /// Size of what follows, or [#TO_THE_END].
    long bodyBytes() {
        if (length == LONG_BYTES) {
            return largeSize() - LONG_BYTES;
        }
        return smallSize() == 0 ? TO_THE_END : smallSize() - SHORT_BYTES;
    }

    private long smallSize() {
        return ByteBuffer.wrap(bytes).getInt() & 0xFFFF_FFFFL;
    }

    private long largeSize() {
        return ByteBuffer.wrap(bytes).getLong(SHORT_BYTES);
    }

    void clear() {
        length = 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /// The bytes so far, for [#fill] to continue from.
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    void fill(byte[] saved) {
        System.arraycopy(saved, 0, bytes, 0, saved.length);
        length = saved.length;
    }
}
