package io.tapedeck.timeline.codec;

import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import java.util.Optional;

/// What can be told of pictures from their first bytes: whether one of H.264 is an IDR picture
/// (ITU-T H.264 section 7.4.1.2.4), behind which nothing refers to what was before. A container's
/// keyframe may as well be a mere point of recovery.
///
/// @param lengthBytes size of the length in front of each NAL unit; 0 where there are start codes,
///   [#NO_AVC] for other codecs
public record PictureHeads(int lengthBytes) {

    /// Enough for parameter sets and for what encoders say about themselves.
    public static final int AVC_BYTES = 1024;

    private static final int NO_AVC = -1;
    private static final int NAL_TYPE = 0x1F;
    private static final int NAL_IDR = 5;

    public static final PictureHeads NONE = new PictureHeads(NO_AVC);

    public static PictureHeads of(Optional<Tracks> tracks) {
        return tracks.flatMap(Tracks::video)
                .filter(video -> video.codec() == Track.VideoCodec.H264)
                .map(PictureHeads::of)
                .orElse(NONE);
    }

    private static PictureHeads of(Track.Video video) {
        return new PictureHeads(
                AvcConfiguration.read(video.codecPrivate())
                        .map(AvcConfiguration::lengthBytes)
                        .orElse(0));
    }

    /// How much of a picture is worth looking at.
    public int bytes() {
        return lengthBytes == NO_AVC ? 0 : AVC_BYTES;
    }

    /// Whether the first coded slice is one of an IDR picture.
    ///
    /// @param head first bytes of the picture; a slice behind them is none
    public boolean isIdr(byte[] head) {
        return switch (lengthBytes) {
            case NO_AVC -> false;
            case 0 -> isIdrBehindStartCodes(head);
            default -> isIdrBehindLengths(head);
        };
    }

    private static boolean isIdrBehindStartCodes(byte[] head) {
        for (int i = 0; i + 3 < head.length; i++) {
            if (head[i] == 0 && head[i + 1] == 0 && head[i + 2] == 1 && isSlice(head[i + 3])) {
                return isIdr(head[i + 3]);
            }
        }
        return false;
    }

    private boolean isIdrBehindLengths(byte[] head) {
        long at = 0;
        while (at + lengthBytes < head.length) {
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | (head[(int) at++] & 0xFF);
            }
            if (length > 0 && isSlice(head[(int) at])) {
                return isIdr(head[(int) at]);
            }
            at += length;
        }
        return false;
    }

    private static boolean isSlice(byte header) {
        int type = header & NAL_TYPE;
        return type >= 1 && type <= NAL_IDR;
    }

    private static boolean isIdr(byte header) {
        return (header & NAL_TYPE) == NAL_IDR;
    }
}
