package io.tapedeck.timeline.codec;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The header of H.265 whose NAL units have their length in front (`hvcC`, ISO/IEC 14496-15 section
/// 8.3.3.1).
///
/// @param lengthBytes size of each length: 1, 2 or 4
/// @param parameterSets all of them, as Annex B
/// @param reorderedPictures how many pictures at most come before one and are shown behind it
public record HevcConfiguration(int lengthBytes, byte[] parameterSets, int reorderedPictures) {

    /// More than that no decoder has room for.
    private static final int MOST_REORDERED = 16;

    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int ARRAYS_OFFSET = 22;
    private static final int NAL_SPS = 33;

    /// @return empty when these bytes are no such header
    public static Optional<HevcConfiguration> read(byte[] hvcc) {
        ByteBuffer in = ByteBuffer.wrap(hvcc);
        try {
            int version = in.get();
            int lengthBytes = (in.get(ARRAYS_OFFSET - 1) & 3) + 1;
            in.position(ARRAYS_OFFSET);
            ByteArrayOutputStream sets = new ByteArrayOutputStream();
            int reordered = MOST_REORDERED;
            boolean described = false;
            for (int arrays = in.get() & 0xFF; arrays > 0; arrays--) {
                in.get();
                for (int units = in.getShort() & 0xFFFF; units > 0; units--) {
                    byte[] unit = new byte[Math.min(in.getShort() & 0xFFFF, in.remaining())];
                    in.get(unit);
                    sets.writeBytes(START_CODE);
                    sets.writeBytes(unit);
                    if (unit.length > 2 && type(unit[0]) == NAL_SPS) {
                        reordered = HevcParameterSet.reorderedPictures(unit).orElse(MOST_REORDERED);
                        described = true;
                    }
                }
            }
            return version == 1 && lengthBytes != 3 && described
                    ? Optional.of(
                            new HevcConfiguration(
                                    lengthBytes,
                                    sets.toByteArray(),
                                    Math.min(reordered, MOST_REORDERED)))
                    : Optional.empty();
        } catch (BufferUnderflowException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    /// A picture as Annex B. A keyframe without parameter sets of its own gets these in front, so
    /// that decoding can start at it.
    public byte[] annexB(byte[] picture, boolean keyframe) {
        return new LengthPrefixed(lengthBytes, parameterSets, header -> type(header) == NAL_SPS)
                .annexB(picture, keyframe);
    }

    private static int type(byte header) {
        return header >> 1 & 0x3F;
    }
}
