package io.tapedeck.transcode.render;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Window;
import java.util.List;

/// A due segment and everything that its rendering depends on.
///
/// @param attempts how often it was begun, this time counted
/// @param stretch unbroken stretch of the timeline that the window belongs to
/// @param source where the window's bytes lie, in order
record ClaimedSegment(
        SegmentId id,
        Window window,
        int stretch,
        Rendition rendition,
        int attempts,
        List<ChunkSlice> source) {}
