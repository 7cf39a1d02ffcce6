package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Window;

/// A window and the number of the stretch it belongs to.
record PlannedWindow(Window window, int stretch) {}
