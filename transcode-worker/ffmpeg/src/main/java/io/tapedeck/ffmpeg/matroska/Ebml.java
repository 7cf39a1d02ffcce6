package io.tapedeck.ffmpeg.matroska;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// A run of EBML elements (RFC 8794) in memory.
final class Ebml {

    static final int EBML = 0x1A45DFA3;
    static final int SEGMENT = 0x18538067;
    static final int INFO = 0x1549A966;
    static final int TRACKS = 0x1654AE6B;
    static final int CLUSTER = 0x1F43B675;
    static final int SIMPLE_BLOCK = 0xA3;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void writeTo(OutputStream out) throws IOException {
        bytes.writeTo(out);
    }

    Ebml master(int id, Ebml content) {
        return bytes(id, content.bytes.toByteArray());
    }

    /// An element that ends where the stream does.
    Ebml unknownSize(int id) {
        id(id);
        return raw(0x01FF_FFFF_FFFF_FFFFL, 8);
    }

    Ebml unsigned(int id, long value) {
        int length = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8);
        id(id);
        size(length);
        return raw(value, length);
    }

    Ebml decimal(int id, double value) {
        return bytes(id, ByteBuffer.allocate(8).putDouble(value).array());
    }

    Ebml text(int id, String value) {
        return bytes(id, value.getBytes(US_ASCII));
    }

    Ebml bytes(int id, byte[] content) {
        id(id);
        size(content.length);
        bytes.writeBytes(content);
        return this;
    }

    /// A SimpleBlock at its cluster's own time.
    ///
    /// @param track below 128
    Ebml block(int track, int flags, byte[] payload) {
        id(SIMPLE_BLOCK);
        size(payload.length + 4L);
        raw(0x80 | track, 1);
        raw(0, 2);
        raw(flags, 1);
        bytes.writeBytes(payload);
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
            raw(0x0100_0000_0000_0000L | size, 8);
        }
    }

    private Ebml raw(long value, int length) {
        for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }
}
