package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.ForeignContainer;
import java.util.Optional;

/// Containers without a header of their own: packets or frames from the first byte on, each with a
/// mark so short that only the next one at the right distance proves it.
final class Repeated {

    private static final byte TS_MARK = 0x47;
    private static final int TS_BYTES = 188;

    /// Cameras and discs put a time of four bytes in front of each packet.
    private static final int TIMED_TS_BYTES = 192;

    /// Of layer III and II at MPEG-1's and MPEG-2's rates, by version and index, in kbit/s (ISO/IEC
    /// 11172-3 section 2.4.2.3, ISO/IEC 13818-3 section 2.4.2.3).
    private static final int[][] KBITS = {
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
    };

    private static final int[] HERTZ = {44_100, 48_000, 32_000};

    private Repeated() {}

    /// Whether more bytes may tell.
    static boolean mayBe(byte[] first, boolean tagged) {
        return tagged
                || first[0] == TS_MARK
                || first[TIMED_TS_BYTES - TS_BYTES] == TS_MARK
                || first[0] == (byte) 0xFF && (first[1] & 0xE0) == 0xE0;
    }

    /// @param tagged whether a tag was in front, which only sound has
    static Optional<ForeignContainer> container(byte[] first, boolean tagged) {
        if (isMarked(first, 0, TS_BYTES)
                || isMarked(first, TIMED_TS_BYTES - TS_BYTES, TIMED_TS_BYTES)) {
            return Optional.of(ForeignContainer.MPEG_TS);
        }
        int from = tagged ? padding(first) : 0;
        int length = frameBytes(first, from);
        boolean again = length > 0 && frameBytes(first, from + length) > 0;
        if (!again || isAdts(first, from) != isAdts(first, from + length)) {
            return Optional.empty();
        }
        return Optional.of(isAdts(first, from) ? ForeignContainer.AAC : ForeignContainer.MP3);
    }

    private static boolean isMarked(byte[] first, int at, int distance) {
        for (int i = 0; i < 3; i++) {
            int place = at + i * distance;
            if (place >= first.length || first[place] != TS_MARK) {
                return false;
            }
        }
        return true;
    }

    /// Some leave room for a longer tag.
    private static int padding(byte[] first) {
        int at = 0;
        while (at < first.length && first[at] == 0) {
            at++;
        }
        return at;
    }

    private static boolean isAdts(byte[] first, int at) {
        return (first[at + 1] & 0xF6) == 0xF0;
    }

    /// How long the frame is that begins at a place; 0 where none does.
    private static int frameBytes(byte[] first, int at) {
        if (at + 7 > first.length || first[at] != (byte) 0xFF || (first[at + 1] & 0xE0) != 0xE0) {
            return 0;
        }
        if (isAdts(first, at)) {
            return (first[at + 3] & 3) << 11
                    | (first[at + 4] & 0xFF) << 3
                    | (first[at + 5] & 0xE0) >> 5;
        }
        return mpegBytes(first[at + 1], first[at + 2]);
    }

    private static int mpegBytes(byte kind, byte rates) {
        int version = kind >> 3 & 3;
        int layer = kind >> 1 & 3;
        int index = rates >> 4 & 15;
        int rate = rates >> 2 & 3;
        if (version == 1 || layer == 0 || layer == 3 || index == 0 || index == 15 || rate == 3) {
            return 0;
        }
        boolean first = version == 3;
        int kbits = KBITS[first ? layer - 1 : 2][index];
        int hertz = HERTZ[rate] >> (first ? 0 : version == 2 ? 1 : 2);
        int samples = layer == 1 && !first ? 576 : 1152;
        return samples / 8 * kbits * 1000 / hertz + (rates >> 1 & 1);
    }
}
