package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Track;

/// A quality of a session: one fixed picture size, or sound alone.
///
/// @param name part of addresses, e.g. `720p`, or `audio`
/// @param widthPixels even; 0 for sound alone
/// @param heightPixels even; 0 for sound alone
public record Rendition(String name, int widthPixels, int heightPixels) {

    /// Rendition of a session whose first run has pictures: their size, capped at 1280 on the long
    /// and 720 on the short side, aspect kept, even.
    public static Rendition of(Track.Video video) {
        return new Rendition("720p", video.widthPixels(), video.heightPixels());
    }

    /// Rendition of a session whose first run has no pictures.
    public static Rendition audioOnly() {
        return new Rendition("audio", 0, 0);
    }

    public boolean hasVideo() {
        return widthPixels > 0;
    }
}
