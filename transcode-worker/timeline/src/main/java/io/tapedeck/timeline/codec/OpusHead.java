package io.tapedeck.timeline.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The Opus identification header (RFC 7845 section 5.1) of mono or stereo sound.
public record OpusHead(int channels, int preSkipSamples, int inputHertz, short gain) {

    private static final int SIZE_BYTES = 19;
    private static final int DOPS_BYTES = 11;
    private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);

    /// A header for sound whose container has none.
    public static OpusHead plain(int channels, int preSkipSamples) {
        return new OpusHead(channels, preSkipSamples, 48_000, (short) 0);
    }

    /// @return empty when these bytes are no such header
    public static Optional<OpusHead> read(byte[] bytes) {
        if (bytes.length < SIZE_BYTES
                || !ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            return Optional.empty();
        }
        return Optional.of(fields(ByteBuffer.wrap(bytes, 9, 9).order(ByteOrder.LITTLE_ENDIAN)));
    }

    /// @param dops the body of MP4's `dOps` box: the same fields, the other way round
    ///   (Encapsulation of Opus in ISO Base Media File Format, section 4.3.2)
    /// @return empty when these bytes are no such header
    public static Optional<OpusHead> ofMp4(byte[] dops) {
        if (dops.length < DOPS_BYTES || dops[0] != 0) {
            return Optional.empty();
        }
        return Optional.of(fields(ByteBuffer.wrap(dops, 1, 9)));
    }

    private static OpusHead fields(ByteBuffer in) {
        return new OpusHead(in.get() & 0xFF, in.getShort() & 0xFFFF, in.getInt(), in.getShort());
    }

    public boolean isMonoOrStereo() {
        return channels == 1 || channels == 2;
    }

    public byte[] withoutPreSkip() {
        return ByteBuffer.allocate(SIZE_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) channels)
                .putShort((short) 0)
                .putInt(inputHertz)
                .putShort(gain)
                .put((byte) 0)
                .array();
    }
}
