package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Track;
import java.util.Optional;

/// A quality of a session: one fixed picture size, sound alone, or the source as it is.
///
/// @param name part of addresses, e.g. `720p`, `audio` or `source`
/// @param widthPixels even, but for `source`; 0 for sound alone
/// @param heightPixels even, but for `source`; 0 for sound alone
public record Rendition(String name, int widthPixels, int heightPixels) {

    private static final int LONG_SIDE = 1280;
    private static final int SHORT_SIDE = 720;

    /// Two macroblocks: the least that encoders and players are at ease with.
    private static final int LEAST_SIDE = 32;

    /// Nothing longer is encoded, whatever its shape.
    private static final int LONGEST_SIDE = 4096;

    /// Of a header that states no size.
    private static final Rendition UNKNOWN = new Rendition("480p", 640, 480);

    /// Rendition of a session whose first run has pictures: their size, capped at 1280 on the long
    /// and 720 on the short side, aspect kept, even. What is narrower than 32 pixels then gets
    /// bars; a header that states no size gets 640 × 480.
    public static Rendition of(Track.Video video) {
        var full = full(video);
        double factor =
                Math.min(
                        1.0,
                        Math.min(
                                (double) LONG_SIDE / full.longSide(),
                                (double) SHORT_SIDE / full.shortSide()));
        int width = even(full.widthPixels * factor);
        int height = even(full.heightPixels * factor);
        return new Rendition(Math.min(width, height) + "p", width, height);
    }

    /// A rung of a ladder: the source's shape with a given short side, named `<short side>p`.
    /// Absent when the source is smaller than that, or so long that nobody should encode it.
    ///
    /// @param shortSide even, in pixels
    public static Optional<Rendition> sized(Track.Video source, int shortSide) {
        var full = full(source);
        if (even(full.shortSide()) < shortSide) {
            return Optional.empty();
        }
        int longSide = even(full.longSide() * (double) shortSide / full.shortSide());
        boolean portrait = full.heightPixels > full.widthPixels;
        return longSide > LONGEST_SIDE
                ? Optional.empty()
                : Optional.of(
                        new Rendition(
                                shortSide + "p",
                                portrait ? shortSide : longSide,
                                portrait ? longSide : shortSide));
    }

    /// The source's pictures as they are, in the size that its header states.
    public static Rendition source(Track.Video source) {
        var full = full(source);
        return new Rendition("source", full.widthPixels, full.heightPixels);
    }

    /// Rendition of a session whose first run has no pictures.
    public static Rendition audioOnly() {
        return new Rendition("audio", 0, 0);
    }

    public boolean hasVideo() {
        return widthPixels > 0;
    }

    int pixels() {
        return widthPixels * heightPixels;
    }

    /// The H.264 level (ISO/IEC 14496-10 Annex A) that holds this size at 60 pictures a second.
    String level() {
        int macroblocks = Math.ceilDiv(widthPixels, 16) * Math.ceilDiv(heightPixels, 16);
        if (macroblocks <= 1620) {
            return "3.1";
        }
        if (macroblocks <= 3600) {
            return "3.2";
        }
        return macroblocks <= 8704 ? "4.2" : "5.2";
    }

    /// With height for width.
    Rendition turned() {
        return new Rendition(name, heightPixels, widthPixels);
    }

    private int longSide() {
        return Math.max(widthPixels, heightPixels);
    }

    private int shortSide() {
        return Math.min(widthPixels, heightPixels);
    }

    private static Rendition full(Track.Video video) {
        return video.widthPixels() <= 0 || video.heightPixels() <= 0
                ? UNKNOWN
                : new Rendition("", video.shownWidthPixels(), video.shownHeightPixels());
    }

    private static int even(double pixels) {
        return Math.max(LEAST_SIDE, (int) Math.round(pixels / 2) * 2);
    }
}
