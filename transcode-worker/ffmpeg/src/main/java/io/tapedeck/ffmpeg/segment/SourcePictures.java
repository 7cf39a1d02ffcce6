package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.codec.SequenceParameterSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
                        .orElseThrow(() -> FfmpegException.refused("its pictures are not H.264"));
        var pictures = AnnexB.pictures(track, input.pictures());
        return windows.stream()
                .map(window ->
                        units(
                                pictures.stream()
                                        .filter(picture -> window.holds(picture.ticks()))
                                        .toList()))
                .toList();
    }

    private static List<AccessUnit> units(List<Frame.Picture> pictures) {
        if (pictures.isEmpty()) {
            return List.of();
        }
        long[] decodeTicks =
                DecodeTimes.of(
                        pictures.stream().mapToLong(Frame.Picture::ticks).toArray(),
                        isReordered(pictures.getFirst()));
        return IntStream.range(0, pictures.size())
                .mapToObj(i -> {
                    var picture = pictures.get(i);
                    return AccessUnit.source(picture.ticks(), decodeTicks[i], picture.payload());
                })
                .toList();
    }

    /// Whether pictures may be shown in another order than they come in, by the first one's
    /// parameter set: the same one for all windows.
    private static boolean isReordered(Frame.Picture first) {
        byte[] annexB = first.payload();
        return NalUnits.of(annexB).stream()
                .filter(unit -> unit.type() == NalUnits.SPS)
                .map(unit -> Arrays.copyOfRange(annexB, unit.header(), unit.to()))
                .flatMap(unit -> SequenceParameterSet.read(unit).stream())
                .findFirst()
                .map(set -> set.reorderedPictures() > 0)
                .orElse(false);
    }
}
