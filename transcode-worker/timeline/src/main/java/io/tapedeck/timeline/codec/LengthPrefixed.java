package io.tapedeck.timeline.codec;

import java.io.ByteArrayOutputStream;

/// NAL units that have their length in front.
///
/// @param lengthBytes size of each length
/// @param parameterSets that they need, as Annex B
/// @param isSet tells by a unit's first byte whether it is the most important one of these
record LengthPrefixed(int lengthBytes, byte[] parameterSets, SetTest isSet) {

    private static final byte[] START_CODE = {0, 0, 0, 1};

    @FunctionalInterface
    interface SetTest {
        boolean test(byte header);
    }

    /// A picture as Annex B. A keyframe without parameter sets of its own gets these in front, so
    /// that decoding can start at it. What does not fit its length is left out.
    byte[] annexB(byte[] picture, boolean keyframe) {
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
                ownSets |= isSet.test(picture[at]);
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
