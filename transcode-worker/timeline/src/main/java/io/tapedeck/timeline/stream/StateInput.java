package io.tapedeck.timeline.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [StateOutput] wrote. Anything else is an [IllegalArgumentException].
public final class StateInput {

    private final byte[] bytes;
    private int next;

    public StateInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Whether everything was read.
    public boolean isAtEnd() {
        return next == bytes.length;
    }

    public long number() {
        long raw = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = octet();
            raw |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw broken();
    }

    /// A number from 0 to `limit`, both inclusive.
    public int small(int limit) {
        long value = number();
        if (value < 0 || value > limit) {
            throw broken();
        }
        return (int) value;
    }

    public boolean flag() {
        return small(1) == 1;
    }

    /// What [StateOutput#choice] wrote.
    public <E extends Enum<E>> E choice(Class<E> type) {
        return Enum.valueOf(type, new String(bytes(), StandardCharsets.US_ASCII));
    }

    public byte[] bytes() {
        int length = small(bytes.length - next);
        next += length;
        return Arrays.copyOfRange(bytes, next - length, next);
    }

    /// Checks the version that stands in front of a state.
    public StateInput version(int expected) {
        version(expected, expected);
        return this;
    }

    /// The version that stands in front of a state, which must be one of these.
    public int version(int oldest, int newest) {
        long version = number();
        if (version < oldest || version > newest) {
            throw new IllegalArgumentException(
                    "Saved state has version " + version + ", expected " + newest);
        }
        return (int) version;
    }

    private int octet() {
        if (next == bytes.length) {
            throw broken();
        }
        return bytes[next++] & 0xFF;
    }

    private static IllegalArgumentException broken() {
        return new IllegalArgumentException("Saved state is broken");
    }
}
