package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MalformedStreamException;
import java.util.Arrays;

/// Collects one element header, byte by byte: ID of 1 to 4 bytes, size of 1 to 8 (RFC 8794 sections
/// 5 and 6).
final class ElementHeader {

    /// A size that says "until something else begins".
    static final long UNKNOWN_SIZE = -1;

    static final int MAX_BYTES = 12;

    private final byte[] bytes = new byte[MAX_BYTES];
    private int length;

    /// Takes the header's next byte; says whether the header is complete with it.
    ///
    /// @param offsetBytes where `next` is, to tell in the failure
    boolean add(byte next, long offsetBytes) throws MalformedStreamException {
        if (length == 0 && idLength(next) > 4) {
            throw MalformedStreamException.at(offsetBytes, "no element begins here");
        }
        if (length > 0 && length == idLength(bytes[0]) && next == 0) {
            throw MalformedStreamException.at(offsetBytes, "an element has no valid size");
        }
        bytes[length++] = next;
        int idLength = idLength(bytes[0]);
        return length > idLength && length == idLength + vintLength(bytes[idLength]);
    }

    int id() {
        int id = 0;
        for (int i = 0; i < idLength(bytes[0]); i++) {
            id = (id << 8) | (bytes[i] & 0xFF);
        }
        return id;
    }

    long size() {
        int from = idLength(bytes[0]);
        return vint(bytes, from, length - from);
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

    /// How many bytes a variable-size integer has by its first one: 1 to 8, or 9 for an invalid
    /// one.
    static int vintLength(byte first) {
        return Integer.numberOfLeadingZeros(first & 0xFF) - 23;
    }

    /// Value of a variable-size integer of a known length; all ones is [#UNKNOWN_SIZE].
    static long vint(byte[] bytes, int from, int length) {
        long ones = (1L << (7 * length)) - 1;
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << 8) | (bytes[from + i] & 0xFF);
        }
        value &= ones;
        return value == ones ? UNKNOWN_SIZE : value;
    }

    private static int idLength(byte first) {
        return vintLength(first);
    }
}
