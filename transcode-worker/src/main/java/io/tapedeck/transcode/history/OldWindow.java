package io.tapedeck.transcode.history;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A window of a sliding session, at the old end of what is listed.
///
/// @param index its number in its cut
/// @param stretch unbroken stretch of the timeline that it is of
/// @param startTicks on the session's timeline
/// @param endTicks exclusive
/// @param recordedAt when its beginning was recorded; null if unknown
record OldWindow(
        long index, int stretch, long startTicks, long endTicks, @Nullable Instant recordedAt) {

    private static final int TICKS_PER_MILLI = 90;

    long durationTicks() {
        return endTicks - startTicks;
    }

    /// Whether all of it was recorded before that moment, as far as anybody knows.
    boolean isBefore(Instant moment) {
        return recordedAt != null
                && !recordedAt
                        .plus(Duration.ofMillis(durationTicks() / TICKS_PER_MILLI))
                        .isAfter(moment);
    }

    /// Whether there is a discontinuity between another window and this one: another stretch, or
    /// time that is not there.
    boolean breaksFrom(OldWindow before) {
        return before.stretch != stretch || before.endTicks != startTicks;
    }
}
