package io.tapedeck.playback.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far one rendering of one rendition can be listed: its windows 0, 1, 2… without a hole.
///
/// @param generation from 1; re-rendering starts another
/// @param layout null while only segments are known and their announcement is still on its way
/// @param listedWindows windows before the first one whose outcome is unknown
/// @param listedSegments how many of them are rendered; the others are gaps
/// @param listedTicks how long they are together, gaps included
/// @param windowCount windows it has when it is whole, null while more may come
/// @param withdrawn whether nobody is to be shown it
public record RenditionProgress(
        String name,
        int generation,
        @Nullable Layout layout,
        long listedWindows,
        long listedSegments,
        long listedTicks,
        @Nullable Long windowCount,
        boolean withdrawn) {

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
    RenditionProgress announced(Layout announcement) {
        return layout != null
                ? this
                : new RenditionProgress(
                        name,
                        generation,
                        announcement,
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
                        layout,
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
                layout,
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
                name, generation, layout, windows, segments, ticks, windowCount, withdrawn);
    }

    /// Whether all of it is listed and nothing will be added.
    public boolean ended() {
        Long count = windowCount;
        return count != null && listedWindows >= count;
    }

    /// Whether there is something to play.
    public boolean playable() {
        return layout != null && listedSegments > 0;
    }
}
