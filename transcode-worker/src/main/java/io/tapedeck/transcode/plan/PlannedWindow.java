package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A window and its place in its stretch.
///
/// @param stretch number of the stretch it belongs to
/// @param recordedAt when its beginning was recorded, see [Stretch#recordedAt]; null if unknown
record PlannedWindow(Window window, int stretch, @Nullable Instant recordedAt) {

    static PlannedWindow of(Stretch stretch, Window window) {
        return new PlannedWindow(window, stretch.number(), stretch.recordedAt(window));
    }
}
