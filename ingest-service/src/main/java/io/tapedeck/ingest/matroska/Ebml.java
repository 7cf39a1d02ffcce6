package io.tapedeck.ingest.matroska;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// A run of EBML elements (RFC 8794) in memory.
public final class Ebml {

    static final int HEADER = 0x1A45DFA3;
    public static final int SEGMENT = 0x18538067;
    public static final int CLUSTER = 0x1F43B675;
    public static final int SIMPLE_BLOCK = 0xA3;

    private static final long UNKNOWN = 0x01FF_FFFF_FFFF_FFFFL;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    Ebml master(int id, Ebml content) {
        id(id);
        size(content.bytes.size());
        bytes.writeBytes(content.toByteArray());
        return this;
    }

    /// An element that ends where the stream does.
    Ebml open(int id) {
        id(id);
        return raw(UNKNOWN, Long.BYTES);
    }

    Ebml unsigned(int id, long value) {
        int length = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8);
        id(id);
        size(length);
        return raw(value, length);
    }

    Ebml decimal(int id, double value) {
        id(id);
        size(Double.BYTES);
        bytes.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
        return this;
    }

    Ebml text(int id, String value) {
        id(id);
        size(value.length());
        bytes.writeBytes(value.getBytes(US_ASCII));
        return this;
    }

    /// A block that can be decoded by itself (RFC 9559 §10.2).
    ///
    /// @param track below 128
    /// @param millis behind the cluster's time; fits into 16 bit
    Ebml block(int track, int millis, byte[] payload, int from, int length) {
        id(SIMPLE_BLOCK);
        size(length + 4L);
        raw(0x80 | track, 1);
        raw(millis, 2);
        raw(0x80, 1);
        bytes.write(payload, from, length);
        return this;
    }

    private void id(int id) {
        raw(id, (Integer.SIZE - Integer.numberOfLeadingZeros(id) + 7) / 8);
    }

    /// One byte where it fits, else eight. All ones in either would mean "unknown".
    private void size(long size) {
        if (size < 0x7F) {
            raw(0x80 | size, 1);
        } else {
            raw(0x0100_0000_0000_0000L | size, Long.BYTES);
        }
    }

    private Ebml raw(long value, int length) {
        for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }
}
