package io.tapedeck.transcode.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// Decides how far the beginning of a session's playlists moves, and how long what was taken out of
/// them has to stay (draft-pantos-hls-rfc8216bis §6.2.2).
///
/// A window is old when it ends longer before the live edge than the history is long, or when that
/// much time has passed since it was recorded, so that a camera that is away loses its history too.
///
/// @param history how much is kept
/// @param margin by which caches and clocks may differ
record Slide(Duration history, Duration margin) {

    /// A playlist from which something was taken must still be so many target durations long.
    static final int FEWEST_TARGETS = 3;

    /// Moves that are too small to be seen are put together, so that there are not many more of
    /// them for a long history than for a short one.
    private static final int STEPS = 1000;

    private static final Duration LONGEST_STEP = Duration.ofSeconds(100);

    private static final long TICKS_PER_SECOND = 90_000;

    /// @param oldest windows of the grid from the present beginning on, in order, possibly not all
    /// @param markTicks the present beginning
    /// @param edgeTicks end of what is listed in the rendition that is farthest
    /// @param floorTicks of the windows from there on, and no fewer, are [#FEWEST_TARGETS] in every
    ///   rendition
    /// @return where playlists begin from now on, if that is farther on: no window is listed that
    ///   begins before
    OptionalLong mark(
            List<OldWindow> oldest, long markTicks, long edgeTicks, long floorTicks, Instant now) {
        long mark = markTicks;
        boolean all = true;
        for (OldWindow window : oldest) {
            all = window.endTicks() <= floorTicks && isOld(window, edgeTicks, now);
            if (!all) {
                break;
            }
            mark = window.endTicks();
        }
        boolean worthIt = all || mark - markTicks >= stepTicks();
        return mark > markTicks && worthIt ? OptionalLong.of(mark) : OptionalLong.empty();
    }

    private long stepTicks() {
        return Math.min(ticks(history) / STEPS, ticks(LONGEST_STEP));
    }

    private boolean isOld(OldWindow window, long edgeTicks, Instant now) {
        return window.endTicks() <= edgeTicks - ticks(history)
                || window.isBefore(now.minus(history));
    }

    /// From where on the newest windows of a rendition are [#FEWEST_TARGETS] long.
    ///
    /// @param newest windows that it lists, the last one first; possibly not all
    /// @return empty when they are not that long
    static OptionalLong floor(List<OldWindow> newest, int targetDurationSeconds) {
        long needed = FEWEST_TARGETS * targetDurationSeconds * TICKS_PER_SECOND;
        long ticks = 0;
        for (OldWindow window : newest) {
            ticks += window.durationTicks();
            if (ticks >= needed) {
                return OptionalLong.of(window.startTicks());
            }
        }
        return OptionalLong.empty();
    }

    /// Until when a window has to stay that is taken out of the playlists now: its own duration and
    /// that of the longest playlist with it.
    ///
    /// @param longestWindowTicks of those that are taken out
    /// @param longestPlaylistTicks of those that were given out lately
    Instant removeAt(Instant now, long longestWindowTicks, long longestPlaylistTicks) {
        long playlistTicks = Math.max(longestPlaylistTicks, ticks(history));
        return now.plus(duration(longestWindowTicks)).plus(duration(playlistTicks)).plus(margin);
    }

    private static long ticks(Duration duration) {
        return duration.toSeconds() * TICKS_PER_SECOND;
    }

    private static Duration duration(long ticks) {
        return Duration.ofMillis(Math.ceilDiv(ticks, TICKS_PER_SECOND / 1000));
    }
}
