package io.tapedeck.timeline.codec;

import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;

/// Whether pictures are shown in another order than they come in.
public final class PictureOrder {

    private PictureOrder() {}

    /// How many pictures at most come before one and are shown behind it. Live recorders, which
    /// alone leave the header out, keep the order.
    public static int reorderedPictures(Tracks tracks) {
        return tracks.video().map(PictureOrder::reorderedPictures).orElse(0);
    }

    private static int reorderedPictures(Track.Video video) {
        return switch (video.codec()) {
            case H264 ->
                    AvcConfiguration.read(video.codecPrivate())
                            .map(AvcConfiguration::reorderedPictures)
                            .orElse(0);
            case HEVC ->
                    HevcConfiguration.read(video.codecPrivate())
                            .map(HevcConfiguration::reorderedPictures)
                            .orElse(0);
            // What they show later is no picture of its own in a container.
            case VP8, VP9, AV1, MJPEG -> 0;
        };
    }
}
