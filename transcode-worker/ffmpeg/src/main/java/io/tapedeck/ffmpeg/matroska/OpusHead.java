package io.tapedeck.ffmpeg.matroska;

import io.tapedeck.timeline.Track;
import java.util.Arrays;

/// An Opus identification header (RFC 7845 §5.1) written anew from what the client's says: 48 kHz,
/// no pre-skip, its gain, and its channel mapping where it is a well-formed surround one.
final class OpusHead {

    private static final int MAPPING_OFFSET = 18;
    private static final int FAMILY_VORBIS = 1;

    private OpusHead() {}

    static byte[] of(Track.Audio sound) {
        byte[] said = sound.codecPrivate();
        boolean surround = isSurround(said);
        int channels = surround ? said[9] : sound.channels() == 1 ? 1 : 2;
        byte[] head =
                Arrays.copyOf(
                        new byte[] {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1, (byte) channels},
                        surround ? MAPPING_OFFSET + 3 + channels : MAPPING_OFFSET + 1);
        head[12] = (byte) 0x80;
        head[13] = (byte) 0xBB;
        if (isHead(said)) {
            head[16] = said[16];
            head[17] = said[17];
        }
        if (surround) {
            System.arraycopy(said, MAPPING_OFFSET, head, MAPPING_OFFSET, 3 + channels);
        }
        return head;
    }

    private static boolean isHead(byte[] said) {
        return said.length > MAPPING_OFFSET && said[0] == 'O' && said[4] == 'H' && said[8] < 16;
    }

    private static boolean isSurround(byte[] said) {
        return isHead(said)
                && said[MAPPING_OFFSET] == FAMILY_VORBIS
                && said[9] >= 1
                && said[9] <= 8
                && said.length >= MAPPING_OFFSET + 3 + said[9];
    }
}
