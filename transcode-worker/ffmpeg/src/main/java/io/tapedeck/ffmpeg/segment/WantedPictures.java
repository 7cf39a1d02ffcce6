package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Window;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a segment is to show.
///
/// @param count of all pictures: the source's own, those that are shown again, and black ones
/// @param sourceTicks when the source's own are shown, in the run; no two are shown at one time
record WantedPictures(int count, Set<Long> sourceTicks) {

    WantedPictures {
        sourceTicks = Set.copyOf(sourceTicks);
    }

    /// @param pictures of the source; those that are not in the window do not count
    static WantedPictures of(Window window, int count, List<Frame.Picture> pictures) {
        return new WantedPictures(
                count,
                pictures.stream()
                        .map(Frame.Picture::ticks)
                        .filter(window::holds)
                        .collect(Collectors.toSet()));
    }
}
