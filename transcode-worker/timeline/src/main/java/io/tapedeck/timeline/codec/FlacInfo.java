package io.tapedeck.timeline.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// What FLAC says of itself (STREAMINFO, RFC 9639 section 8.2).
///
/// @param bytes its 34 bytes
public record FlacInfo(int sampleRateHertz, int channels, byte[] bytes) {

    private static final int SIZE_BYTES = 34;
    private static final int BLOCK_HEADER_BYTES = 4;
    private static final int MAGIC = 0x664C6143;

    /// @param said metadata blocks, the first of which is this, behind `fLaC` or not
    /// @return empty when they are none
    public static Optional<FlacInfo> read(byte[] said) {
        int from = BLOCK_HEADER_BYTES;
        if (said.length >= Integer.BYTES && ByteBuffer.wrap(said).getInt() == MAGIC) {
            from += Integer.BYTES;
        }
        // The first block has type 0; its highest bit says whether it is the last.
        if (said.length < from + SIZE_BYTES || (said[from - BLOCK_HEADER_BYTES] & 0x7F) != 0) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOfRange(said, from, from + SIZE_BYTES);
        int packed = ByteBuffer.wrap(bytes).getInt(10);
        int hertz = packed >>> 12;
        return hertz == 0
                ? Optional.empty()
                : Optional.of(new FlacInfo(hertz, (packed >> 9 & 7) + 1, bytes));
    }

    /// As Matroska and FLAC files begin: the magic and this block as the last one.
    public static byte[] withMagic(byte[] bytes) {
        return ByteBuffer.allocate(2 * Integer.BYTES + SIZE_BYTES)
                .putInt(MAGIC)
                .putInt(0x8000_0000 | SIZE_BYTES)
                .put(bytes, 0, SIZE_BYTES)
                .array();
    }
}
