package io.tapedeck.timeline.codec;

import java.util.Optional;
import java.util.Set;

/// What a sequence parameter set of H.264 (ITU-T H.264 sections 7.3.2.1.1 and E.1.1) says about the
/// order of pictures, and whether they may be fields.
///
/// @param reorderedPictures how many pictures at most come before one and are shown behind it; 0
///   where they are shown in the order that they come in
/// @param interlaced whether a picture may be two fields
public record SequenceParameterSet(int reorderedPictures, boolean interlaced) {

    /// More than that no decoder has room for.
    public static final int MOST_REORDERED = 16;

    private static final int NAL_SPS = 7;
    private static final int BASELINE = 66;
    private static final int EXTENDED_ASPECT = 255;
    private static final int ALL_444 = 3;

    /// Profiles whose sets say more about colours.
    private static final Set<Integer> HIGH =
            Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

    /// @param unit a NAL unit from its header on; what follows it does no harm
    /// @return empty when this is none, or cannot be read
    public static Optional<SequenceParameterSet> read(byte[] unit) {
        if (unit.length < 4 || (unit[0] & 0x1F) != NAL_SPS) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(new BitReader(unit, 1)));
        } catch (IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private static SequenceParameterSet read(BitReader in) {
        int profile = in.bits(8);
        boolean constrained = (in.bits(8) & 0x10) != 0;
        int level = in.bits(8);
        in.number();
        if (profile == BASELINE) {
            return new SequenceParameterSet(0, false);
        }
        if (HIGH.contains(profile)) {
            skipColours(in);
        }
        in.number();
        int orderType = in.number();
        skipOrder(in, orderType);
        int references = in.number();
        in.flag();
        int macroblocks = (in.number() + 1) * (in.number() + 1);
        boolean frames = in.flag();
        if (orderType == 2 || references == 0) {
            return new SequenceParameterSet(0, !frames);
        }
        in.skip(frames ? 1 : 2);
        if (in.flag()) {
            skipNumbers(in, 4);
        }
        int room = room(level, constrained, frames ? macroblocks : 2 * macroblocks);
        int reordered = in.flag() ? Math.min(usability(in, room), MOST_REORDERED) : room;
        return new SequenceParameterSet(reordered, !frames);
    }

    private static void skipColours(BitReader in) {
        int format = in.number();
        if (format == ALL_444) {
            in.flag();
        }
        skipNumbers(in, 2);
        in.flag();
        if (in.flag()) {
            for (int i = 0; i < (format == ALL_444 ? 12 : 8); i++) {
                if (in.flag()) {
                    skipScales(in, i < 6 ? 16 : 64);
                }
            }
        }
    }

    private static void skipScales(BitReader in, int count) {
        int last = 8;
        int next = 8;
        for (int i = 0; i < count; i++) {
            if (next != 0) {
                next = (last + in.signed()) & 0xFF;
            }
            last = next == 0 ? last : next;
        }
    }

    private static void skipOrder(BitReader in, int type) {
        if (type == 0) {
            in.number();
        } else if (type == 1) {
            in.flag();
            skipNumbers(in, 2);
            skipNumbers(in, Math.min(in.number(), 255));
        }
    }

    private static void skipNumbers(BitReader in, int count) {
        for (int i = 0; i < count; i++) {
            in.number();
        }
    }

    /// What the usability information says.
    ///
    /// @param otherwise what holds when it says nothing
    private static int usability(BitReader in, int otherwise) {
        if (in.flag() && in.bits(8) == EXTENDED_ASPECT) {
            in.skip(32);
        }
        if (in.flag()) {
            in.flag();
        }
        if (in.flag()) {
            in.skip(4);
            in.skip(in.flag() ? 24 : 0);
        }
        if (in.flag()) {
            skipNumbers(in, 2);
        }
        if (in.flag()) {
            in.skip(65);
        }
        boolean nal = in.flag();
        if (nal) {
            skipBuffers(in);
        }
        boolean vcl = in.flag();
        if (vcl) {
            skipBuffers(in);
        }
        in.skip(nal || vcl ? 2 : 1);
        if (!in.flag()) {
            return otherwise;
        }
        in.flag();
        skipNumbers(in, 4);
        int reordered = in.number();
        return reordered < 0 ? otherwise : reordered;
    }

    private static void skipBuffers(BitReader in) {
        int count = Math.min(in.number(), 31) + 1;
        in.skip(8);
        for (int i = 0; i < count; i++) {
            skipNumbers(in, 2);
            in.flag();
        }
        in.skip(20);
    }

    /// How many pictures a decoder has room for (section A.3.1, table A-1).
    private static int room(int level, boolean constrained, int macroblocks) {
        int all =
                switch (level) {
                    case 9, 10 -> 396;
                    case 11 -> constrained ? 396 : 900;
                    case 12, 13, 20 -> 2376;
                    case 21 -> 4752;
                    case 22, 30 -> 8100;
                    case 31 -> 18_000;
                    case 32 -> 20_480;
                    case 40, 41 -> 32_768;
                    case 42 -> 34_816;
                    case 50 -> 110_400;
                    case 51, 52 -> 184_320;
                    default -> 696_320;
                };
        return Math.clamp(all / Math.max(macroblocks, 1), 1, MOST_REORDERED);
    }
}
