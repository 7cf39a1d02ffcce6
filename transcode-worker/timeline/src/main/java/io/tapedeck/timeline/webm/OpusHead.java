package io.tapedeck.timeline.webm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The Opus identification header (RFC 7845 section 5.1) of mono or stereo sound.
record OpusHead(int channels, int preSkipSamples, int inputHertz, short gain) {

    private static final int SIZE_BYTES = 19;
    private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /// Longer than any encoder's.
    private static final long MAX_CODEC_DELAY_NANOS = NANOS_PER_SECOND;

    /// What a track's CodecPrivate says, or, where it says nothing, the rest of its header; empty
    /// when that is not mono or stereo.
    static Optional<OpusHead> read(TrackEntry entry) {
        byte[] bytes = entry.codecPrivate();
        OpusHead head;
        if (bytes.length < SIZE_BYTES || !startsWithMagic(bytes)) {
            long delayNanos = Math.min(entry.codecDelayNanos(), MAX_CODEC_DELAY_NANOS);
            int preSkip = (int) (delayNanos * 48_000 / NANOS_PER_SECOND);
            int channels = (int) Math.min(entry.channels(), 255);
            head = new OpusHead(channels, preSkip, 48_000, (short) 0);
        } else {
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            head =
                    new OpusHead(
                            in.get(9) & 0xFF,
                            in.getShort(10) & 0xFFFF,
                            in.getInt(12),
                            in.getShort(16));
        }
        return head.channels < 1 || head.channels > 2 ? Optional.empty() : Optional.of(head);
    }

    byte[] withoutPreSkip() {
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

    private static boolean startsWithMagic(byte[] bytes) {
        return ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }
}
