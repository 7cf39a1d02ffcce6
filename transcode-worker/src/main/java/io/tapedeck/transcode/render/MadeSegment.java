package io.tapedeck.transcode.render;

import io.tapedeck.ffmpeg.segment.RenderedSegment;
import io.tapedeck.timeline.Window;

/// A rendered segment and where its bytes are.
record MadeSegment(SegmentId id, Window window, RenderedSegment segment, String objectKey) {}
