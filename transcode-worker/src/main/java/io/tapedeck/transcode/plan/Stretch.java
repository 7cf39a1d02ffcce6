package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Window;
import org.jspecify.annotations.Nullable;

/// An unbroken piece of the timeline. A stretch ends where an announced run does, and where the
/// bytes of a run start over by themselves.
///
/// @param number counts through the session, from 0
/// @param run announced run
/// @param originTicks where it starts on the session's timeline
record Stretch(int number, int run, long originTicks) {

    /// The stretch that a window belongs to.
    ///
    /// @param before that of the window before it, null for the first one
    static Stretch of(@Nullable Stretch before, Window window) {
        if (before == null) {
            return new Stretch(0, window.run(), window.originTicks());
        }
        if (before.run == window.run() && before.originTicks == window.originTicks()) {
            return before;
        }
        return new Stretch(before.number + 1, window.run(), window.originTicks());
    }
}
