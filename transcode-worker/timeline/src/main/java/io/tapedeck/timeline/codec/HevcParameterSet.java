package io.tapedeck.timeline.codec;

import java.util.OptionalInt;

/// What a sequence parameter set of H.265 says about the order of pictures (ITU-T H.265 sections
/// 7.3.2.2 and 7.3.3).
final class HevcParameterSet {

    private static final int HEADER_BYTES = 2;
    private static final int GENERAL_PROFILE_BITS = 88;
    private static final int LAYER_PROFILE_BITS = 88;
    private static final int LEVEL_BITS = 8;
    private static final int MOST_SUB_LAYERS = 8;
    private static final int ALL_444 = 3;

    private HevcParameterSet() {}

    /// @param unit a NAL unit from its header on
    /// @return empty when it cannot be read
    static OptionalInt reorderedPictures(byte[] unit) {
        try {
            return OptionalInt.of(read(new BitReader(unit, HEADER_BYTES)));
        } catch (IndexOutOfBoundsException _) {
            return OptionalInt.empty();
        }
    }

    private static int read(BitReader in) {
        in.skip(4);
        int subLayers = in.bits(3);
        in.flag();
        skipProfiles(in, subLayers);
        in.number();
        if (in.number() == ALL_444) {
            in.flag();
        }
        in.number();
        in.number();
        if (in.flag()) {
            for (int i = 0; i < 4; i++) {
                in.number();
            }
        }
        in.number();
        in.number();
        in.number();
        int reordered = 0;
        for (int i = in.flag() ? 0 : subLayers; i <= subLayers; i++) {
            in.number();
            reordered = in.number();
            in.number();
        }
        return reordered < 0 ? Integer.MAX_VALUE : reordered;
    }

    private static void skipProfiles(BitReader in, int subLayers) {
        in.skip(GENERAL_PROFILE_BITS + LEVEL_BITS);
        boolean[] profiles = new boolean[subLayers];
        boolean[] levels = new boolean[subLayers];
        for (int i = 0; i < subLayers; i++) {
            profiles[i] = in.flag();
            levels[i] = in.flag();
        }
        if (subLayers > 0) {
            in.skip(2 * (MOST_SUB_LAYERS - subLayers));
        }
        for (int i = 0; i < subLayers; i++) {
            in.skip((profiles[i] ? LAYER_PROFILE_BITS : 0) + (levels[i] ? LEVEL_BITS : 0));
        }
    }
}
