package io.tapedeck.playback.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A window that is going to be rendered, or is.
///
/// @param window number of it in its cut, from 0
/// @param run as of [WindowOutcome]
/// @param recordedAt as of [WindowOutcome]
public record PlannedWindow(
        long window, int run, long startTicks, long durationTicks, @Nullable Instant recordedAt) {}
