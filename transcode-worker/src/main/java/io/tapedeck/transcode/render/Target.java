package io.tapedeck.transcode.render;

import io.tapedeck.ffmpeg.segment.Rendition;

/// What a window is to be rendered as.
record Target(Rendition rendition, int generation) {

    SegmentId segment(String sessionId, long window) {
        return new SegmentId(sessionId, rendition.name(), generation, window);
    }
}
