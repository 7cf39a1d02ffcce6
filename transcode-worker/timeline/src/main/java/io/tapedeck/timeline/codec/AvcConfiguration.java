package io.tapedeck.timeline.codec;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The header of H.264 whose NAL units have their length in front (`avcC`, ISO/IEC 14496-15 section
/// 5.3.3.1).
///
/// @param lengthBytes size of each length: 1, 2 or 4
/// @param parameterSets all of them, as Annex B
public record AvcConfiguration(int lengthBytes, byte[] parameterSets) {

    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int NAL_TYPE = 0x1F;
    private static final int NAL_SPS = 7;

    /// @return empty when these bytes are no such header
    public static Optional<AvcConfiguration> read(byte[] avcc) {
        ByteBuffer in = ByteBuffer.wrap(avcc);
        try {
            int version = in.get();
            in.position(4);
            int lengthBytes = (in.get() & 3) + 1;
            ByteArrayOutputStream sets = new ByteArrayOutputStream();
            copySets(in, in.get() & 0x1F, sets);
            copySets(in, in.get() & 0xFF, sets);
            return version == 1 && lengthBytes != 3
                    ? Optional.of(new AvcConfiguration(lengthBytes, sets.toByteArray()))
                    : Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static void copySets(ByteBuffer in, int count, ByteArrayOutputStream out) {
        for (int i = 0; i < count; i++) {
            byte[] set = new byte[Math.min(in.getShort() & 0xFFFF, in.remaining())];
            in.get(set);
            out.writeBytes(START_CODE);
            out.writeBytes(set);
        }
    }

    /// A picture as Annex B. A keyframe without parameter sets of its own gets these in front, so
    /// that decoding can start at it. What does not fit its length is left out.
    public byte[] annexB(byte[] picture, boolean keyframe) {
        ByteArrayOutputStream units = new ByteArrayOutputStream(picture.length + 64);
        boolean ownSets = false;
        int at = 0;
        while (picture.length - at > lengthBytes) {
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | (picture[at++] & 0xFF);
            }
            if (length > picture.length - at) {
                break;
            }
            if (length > 0) {
                ownSets |= (picture[at] & NAL_TYPE) == NAL_SPS;
                units.writeBytes(START_CODE);
                units.write(picture, at, (int) length);
            }
            at += (int) length;
        }
        if (!keyframe || ownSets) {
            return units.toByteArray();
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(parameterSets);
        whole.writeBytes(units.toByteArray());
        return whole.toByteArray();
    }
}
