package io.tapedeck.timeline.codec;

import io.tapedeck.timeline.Display;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// The header of H.264 whose NAL units have their length in front (`avcC`, ISO/IEC 14496-15 section
/// 5.3.3.1).
///
/// @param lengthBytes size of each length: 1, 2 or 4
/// @param parameterSets all of them, as Annex B
public record AvcConfiguration(int lengthBytes, byte[] parameterSets) {

    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int NAL_TYPE = 0x1F;
    private static final int NAL_SPS = 7;

    /// Baseline, main, high.
    private static final Set<Integer> COMMON_PROFILES = Set.of(66, 77, 100);

    /// Whether it is of a profile that players know: 8 bits, colours at a quarter of the size.
    ///
    /// @param avcc may be empty, where live recorders leave the header out
    public static boolean isCommon(byte[] avcc) {
        return avcc.length < 2 || COMMON_PROFILES.contains(avcc[1] & 0xFF);
    }

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

    /// How many pictures at most come before one and are shown behind it. Without a parameter set
    /// that tells, as many as there may be.
    public int reorderedPictures() {
        return sequence()
                .map(SequenceParameterSet::reorderedPictures)
                .orElse(SequenceParameterSet.MOST_REORDERED);
    }

    /// How pictures are to be shown, by what their container says and whether they may be fields.
    ///
    /// @param avcc may be no such header
    public static Display display(byte[] avcc, Display said) {
        return read(avcc)
                .flatMap(AvcConfiguration::sequence)
                .filter(SequenceParameterSet::interlaced)
                .map(_ -> said.inFields())
                .orElse(said);
    }

    private Optional<SequenceParameterSet> sequence() {
        int next = START_CODE.length;
        return parameterSets.length <= next
                ? Optional.empty()
                : SequenceParameterSet.read(
                        Arrays.copyOfRange(parameterSets, next, parameterSets.length));
    }

    /// A picture as Annex B. A keyframe without parameter sets of its own gets these in front, so
    /// that decoding can start at it. What does not fit its length is left out.
    public byte[] annexB(byte[] picture, boolean keyframe) {
        return new LengthPrefixed(
                        lengthBytes, parameterSets, header -> (header & NAL_TYPE) == NAL_SPS)
                .annexB(picture, keyframe);
    }
}
