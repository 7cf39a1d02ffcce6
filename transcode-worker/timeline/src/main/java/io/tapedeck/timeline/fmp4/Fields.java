package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The fields of a box that is in memory as a whole, one after the other, big-endian.
public final class Fields {

    private final byte[] bytes;
    private final int until;
    private final long offsetBytes;
    private int next;

    /// @param offsetBytes where `bytes` is in the run
    Fields(byte[] bytes, int from, int until, long offsetBytes) {
        this.bytes = bytes;
        this.next = from;
        this.until = until;
        this.offsetBytes = offsetBytes;
    }

    public int left() {
        return until - next;
    }

    public int u8() throws MalformedStreamException {
        return (int) unsigned(1);
    }

    public int u16() throws MalformedStreamException {
        return (int) unsigned(2);
    }

    public long u32() throws MalformedStreamException {
        return unsigned(4);
    }

    public int s32() throws MalformedStreamException {
        return (int) unsigned(4);
    }

    public long s64() throws MalformedStreamException {
        return unsigned(8);
    }

    /// 64 bits where the box's version is 1, else 32 unsigned ones.
    public long wide(int version) throws MalformedStreamException {
        return version == 1 ? s64() : u32();
    }

    public Fields skip(int count) throws MalformedStreamException {
        require(count);
        next += count;
        return this;
    }

    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, next, until);
        next = until;
        return rest;
    }

    /// What follows, not copied.
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes, next, until - next).slice().asReadOnlyBuffer();
    }

    /// The child boxes that follow.
    public Boxes boxes() {
        return new Boxes(bytes, next, until, offsetBytes);
    }

    MalformedStreamException malformed(String what) {
        return MalformedStreamException.at(offsetBytes + next, what);
    }

    private long unsigned(int count) throws MalformedStreamException {
        require(count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | (bytes[next++] & 0xFF);
        }
        return value;
    }

    private void require(int count) throws MalformedStreamException {
        if (count > left()) {
            throw malformed("a box is too short for what it holds");
        }
    }
}
