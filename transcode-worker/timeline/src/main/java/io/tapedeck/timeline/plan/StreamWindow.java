package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;

/// A window as its stream knows it, before it has a number and a place on the session's timeline.
/// Times are the stream's.
///
/// @param last whether the stream ends with it
/// @param pictures that are at home in it
/// @param source which bytes of the run to read
record StreamWindow(
        Cut cut,
        long startTicks,
        long endTicks,
        boolean last,
        long pictures,
        Window.ByteSpan source) {}
