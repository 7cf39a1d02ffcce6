package io.tapedeck.timeline.codec;

/// Reads the bits of a NAL unit (ITU-T H.264 section 7.2 and 9.1), without the bytes that are only
/// there so that no start code appears in it. Bits behind the end are an
/// [IndexOutOfBoundsException].
final class BitReader {

    private static final int MOST_ZEROS = 31;

    private final byte[] bytes;
    private int next;
    private int zeros;
    private int current;
    private int left;

    BitReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.next = from;
    }

    boolean flag() {
        return bits(1) == 1;
    }

    /// @param count at most 31
    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    void skip(int count) {
        for (int i = 0; i < count; i++) {
            bit();
        }
    }

    /// An unsigned number in Exp-Golomb code.
    int number() {
        int length = 0;
        while (bit() == 0) {
            length++;
            if (length > MOST_ZEROS) {
                throw new IndexOutOfBoundsException("no number of 32 bits");
            }
        }
        return (int) ((1L << length) - 1 + bits(length));
    }

    /// A signed one.
    int signed() {
        int code = number();
        return (code & 1) == 0 ? -(code >>> 1) : (code >>> 1) + 1;
    }

    private int bit() {
        if (left == 0) {
            current = octet();
            left = Byte.SIZE;
        }
        left--;
        return current >> left & 1;
    }

    private int octet() {
        if (zeros >= 2 && bytes[next] == 3) {
            next++;
            zeros = 0;
        }
        int value = bytes[next++] & 0xFF;
        zeros = value == 0 ? zeros + 1 : 0;
        return value;
    }
}
