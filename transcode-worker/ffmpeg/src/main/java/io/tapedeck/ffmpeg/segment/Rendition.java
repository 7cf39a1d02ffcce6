package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Track;

/// A quality of a session: one fixed picture size, or sound alone.
///
/// @param name part of addresses, e.g. `720p`, or `audio`
/// @param widthPixels even; 0 for sound alone
/// @param heightPixels even; 0 for sound alone
public record Rendition(String name, int widthPixels, int heightPixels) {

    private static final int LONG_SIDE = 1280;
    private static final int SHORT_SIDE = 720;

    /// Two macroblocks: the least that encoders and players are at ease with.
    private static final int LEAST_SIDE = 32;

    /// Rendition of a session whose first run has pictures: their size, capped at 1280 on the long
    /// and 720 on the short side, aspect kept, even. What is narrower than 32 pixels then gets
    /// bars; a header that states no size gets 640 × 480.
    public static Rendition of(Track.Video video) {
        if (video.widthPixels() <= 0 || video.heightPixels() <= 0) {
            return sized(640, 480);
        }
        int longer = Math.max(video.widthPixels(), video.heightPixels());
        int shorter = Math.min(video.widthPixels(), video.heightPixels());
        double factor =
                Math.min(1.0, Math.min((double) LONG_SIDE / longer, (double) SHORT_SIDE / shorter));
        return sized(even(video.widthPixels() * factor), even(video.heightPixels() * factor));
    }

    /// Rendition of a session whose first run has no pictures.
    public static Rendition audioOnly() {
        return new Rendition("audio", 0, 0);
    }

    public boolean hasVideo() {
        return widthPixels > 0;
    }

    /// The H.264 level (ISO/IEC 14496-10 Annex A) that holds this size at 60 pictures a second.
    String level() {
        int macroblocks = Math.ceilDiv(widthPixels, 16) * Math.ceilDiv(heightPixels, 16);
        return macroblocks <= 1620 ? "3.1" : "3.2";
    }

    private static Rendition sized(int widthPixels, int heightPixels) {
        return new Rendition(Math.min(widthPixels, heightPixels) + "p", widthPixels, heightPixels);
    }

    private static int even(double pixels) {
        return Math.max(LEAST_SIDE, (int) Math.round(pixels / 2) * 2);
    }
}
