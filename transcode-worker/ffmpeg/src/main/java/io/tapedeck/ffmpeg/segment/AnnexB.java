package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.codec.AvcConfiguration;
import java.util.List;

/// The one form of H.264 that decoders are given: start codes, and parameter sets in front of each
/// keyframe. So the client's header never reaches ffmpeg, and parameter sets that change on the way
/// count from where they change.
final class AnnexB {

    private AnnexB() {}

    /// Pictures as they are, or of a track with a header (`avcC`) as Annex B.
    static List<Frame.Picture> pictures(Track.Video track, List<Frame.Picture> pictures) {
        if (track.codec() != Track.VideoCodec.H264) {
            return pictures;
        }
        return AvcConfiguration.read(track.codecPrivate())
                .map(header ->
                        pictures.stream().map(picture -> converted(picture, header)).toList())
                .orElse(pictures);
    }

    private static Frame.Picture converted(Frame.Picture picture, AvcConfiguration header) {
        return new Frame.Picture(
                picture.ticks(),
                picture.keyframe(),
                header.annexB(picture.payload(), picture.keyframe()));
    }
}
