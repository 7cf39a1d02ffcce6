package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.codec.AvcConfiguration;
import io.tapedeck.timeline.codec.HevcConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The one form of H.264 and H.265 that decoders are given: start codes, and parameter sets in
/// front of each keyframe. So the client's header never reaches ffmpeg, and parameter sets that
/// change on the way count from where they change.
final class AnnexB {

    private AnnexB() {}

    /// Pictures as they are, or of a track with a header (`avcC`, `hvcC`) as Annex B.
    static List<Frame.Picture> pictures(Track.Video track, List<Frame.Picture> pictures) {
        Optional<BiFunction<byte[], Boolean, byte[]>> converter =
                switch (track.codec()) {
                    case H264 ->
                            AvcConfiguration.read(track.codecPrivate())
                                    .map(header -> header::annexB);
                    case HEVC ->
                            HevcConfiguration.read(track.codecPrivate())
                                    .map(header -> header::annexB);
                    case VP8, VP9, AV1, MJPEG -> Optional.empty();
                };
        return converter
                .map(annexB ->
                        pictures.stream().map(picture -> converted(picture, annexB)).toList())
                .orElse(pictures);
    }

    private static Frame.Picture converted(
            Frame.Picture picture, BiFunction<byte[], Boolean, byte[]> annexB) {
        return new Frame.Picture(
                picture.ticks(),
                picture.keyframe(),
                annexB.apply(picture.payload(), picture.keyframe()));
    }
}
