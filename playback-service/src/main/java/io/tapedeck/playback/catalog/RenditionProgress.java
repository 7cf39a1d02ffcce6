package io.tapedeck.playback.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far one rendering of one rendition can be listed: its windows 0, 1, 2… without a hole.
///
/// @param generation from 1; re-rendering starts another
/// @param announcement null while only segments are known and it is still on its way
/// @param listedWindows windows before the first one whose outcome is unknown
/// @param listedSegments how many of them are rendered; the others are gaps
/// @param listedTicks how long they are together, gaps included
/// @param windowCount windows it has when it is whole, null while more may come
/// @param withdrawn whether nobody is to be shown it
public record RenditionProgress(
        String name,
        int generation,
        @Nullable Announcement announcement,
        long listedWindows,
        long listedSegments,
        long listedTicks,
        @Nullable Long windowCount,
        boolean withdrawn) {

    /// What was told of it before anything was rendered.
    ///
    /// @param plan which plan of the timeline its windows belong to, from 1
    /// @param ordered whether somebody asked for it later; all others of a plan belong to it
    public record Announcement(Layout layout, int plan, boolean ordered) {}

    /// What a rendition was announced to be.
    ///
    /// @param widthPixels 0 without pictures
    /// @param heightPixels 0 without pictures
    /// @param targetDurationSeconds upper bound of every segment's rounded duration
    public record Layout(int widthPixels, int heightPixels, int targetDurationSeconds) {}

    /// Nothing known yet.
    public static RenditionProgress unknown(String name, int generation) {
        return new RenditionProgress(name, generation, null, 0, 0, 0, null, false);
    }

    /// The first announcement counts: what a playlist declares must not change.
    RenditionProgress announced(Announcement told) {
        return announcement != null
                ? this
                : new RenditionProgress(
                        name,
                        generation,
                        told,
                        listedWindows,
                        listedSegments,
                        listedTicks,
                        windowCount,
                        withdrawn);
    }

    /// The first word on its end counts.
    RenditionProgress ending(long windows) {
        return windowCount != null
                ? this
                : new RenditionProgress(
                        name,
                        generation,
                        announcement,
                        listedWindows,
                        listedSegments,
                        listedTicks,
                        windows,
                        withdrawn);
    }

    RenditionProgress taken() {
        return new RenditionProgress(
                name,
                generation,
                announcement,
                listedWindows,
                listedSegments,
                listedTicks,
                windowCount,
                true);
    }

    /// Lists on, as far as the windows follow each other.
    ///
    /// @param known outcomes from window `listedWindows` on, ascending
    RenditionProgress advanced(List<WindowOutcome> known) {
        long windows = listedWindows;
        long segments = listedSegments;
        long ticks = listedTicks;
        for (WindowOutcome outcome : known) {
            if (outcome.window() != windows) {
                break;
            }
            windows++;
            segments += outcome instanceof WindowOutcome.Segment ? 1 : 0;
            ticks += outcome.durationTicks();
        }
        return new RenditionProgress(
                name, generation, announcement, windows, segments, ticks, windowCount, withdrawn);
    }

    /// Whether all of it is listed and nothing will be added.
    public boolean ended() {
        Long count = windowCount;
        return count != null && listedWindows >= count;
    }

    /// As it was announced, null before.
    public @Nullable Layout layout() {
        return announcement == null ? null : announcement.layout();
    }

    /// Whether it came from a wish and not with its plan.
    boolean ordered() {
        return announcement != null && announcement.ordered();
    }

    /// Whether there is something to play.
    public boolean playable() {
        return announcement != null && listedSegments > 0;
    }
}
