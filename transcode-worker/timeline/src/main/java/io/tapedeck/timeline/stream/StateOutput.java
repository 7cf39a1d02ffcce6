package io.tapedeck.timeline.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes saved state: numbers as zigzag varints, byte strings with their length before them.
public final class StateOutput {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public StateOutput number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    public StateOutput flag(boolean value) {
        return number(value ? 1 : 0);
    }

    /// By its name, so that the order of an enum may change.
    public StateOutput choice(Enum<?> value) {
        return bytes(value.name().getBytes(StandardCharsets.US_ASCII));
    }

    public StateOutput bytes(byte[] value) {
        number(value.length);
        bytes.writeBytes(value);
        return this;
    }

    public byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
