package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// An unbroken piece of the timeline. A stretch ends where an announced run does, and where the
/// bytes of a run start over by themselves.
///
/// @param number counts through the session, from 0
/// @param run announced run
/// @param originTicks where it starts on the session's timeline
/// @param recordedAt when its beginning was recorded, by the clock of whoever stored its chunks:
///   the time of the chunk that closed its first window, less that window. Null when it began
///   before this was kept
record Stretch(int number, int run, long originTicks, @Nullable Instant recordedAt) {

    /// The stretch that a window belongs to.
    ///
    /// @param before that of the window before it, null for the first one
    /// @param closedAt when the chunk was stored with which the window was closed; null if unknown
    static Stretch of(@Nullable Stretch before, Window window, @Nullable Instant closedAt) {
        if (before == null) {
            return new Stretch(0, window.run(), window.originTicks(), beginning(window, closedAt));
        }
        if (before.run == window.run() && before.originTicks == window.originTicks()) {
            return before;
        }
        return new Stretch(
                before.number + 1, window.run(), window.originTicks(), beginning(window, closedAt));
    }

    private static @Nullable Instant beginning(Window window, @Nullable Instant closedAt) {
        return closedAt == null
                ? null
                : closedAt.minus(Ticks.toDuration(window.endTicks()))
                        .truncatedTo(ChronoUnit.MILLIS);
    }

    /// When the beginning of one of its windows was recorded, in microseconds as rows have it; null
    /// if unknown. As much time passes in a stretch as on its timeline.
    @Nullable Instant recordedAt(Window window) {
        return recordedAt == null
                ? null
                : recordedAt
                        .plus(Ticks.toDuration(window.startTicks()))
                        .truncatedTo(ChronoUnit.MICROS);
    }
}
