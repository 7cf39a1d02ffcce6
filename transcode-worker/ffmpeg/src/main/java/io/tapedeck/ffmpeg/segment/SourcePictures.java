package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegExit;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.util.List;

/// Pictures that go into segments as they came.
final class SourcePictures {

    private SourcePictures() {}

    /// @return of each window, in order
    /// @throws FfmpegException these are no pictures of H.264
    static List<List<AccessUnit>> of(List<Window> windows, WindowInput input)
            throws FfmpegException {
        Track.Video track =
                input.video()
                        .filter(video -> video.codec() == Track.VideoCodec.H264)
                        .orElseThrow(() ->
                                new FfmpegException(
                                        new FfmpegExit.RefusedInput("its pictures are not H.264")));
        var pictures = AnnexB.pictures(track, input.pictures());
        return windows.stream()
                .map(window ->
                        pictures.stream()
                                .filter(picture -> window.holds(picture.ticks()))
                                .map(picture ->
                                        AccessUnit.source(picture.ticks(), picture.payload()))
                                .toList())
                .toList();
    }
}
