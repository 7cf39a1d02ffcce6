package io.tapedeck.transcode.ladder;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import java.util.Optional;

/// How large a run's pictures are, as its header says.
///
/// @param widthPixels 0 without pictures
/// @param heightPixels 0 without pictures
public record PictureSize(int widthPixels, int heightPixels) {

    private static final PictureSize NONE = new PictureSize(0, 0);

    public static PictureSize of(Tracks tracks) {
        return tracks.video()
                .map(Rendition::source)
                .map(source -> new PictureSize(source.widthPixels(), source.heightPixels()))
                .orElse(NONE);
    }

    /// A track of that size; empty without pictures.
    Optional<Track.Video> video() {
        return equals(NONE)
                ? Optional.empty()
                : Optional.of(new Track.Video(0, Track.VideoCodec.VP8, widthPixels, heightPixels));
    }
}
