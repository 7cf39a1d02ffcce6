package io.tapedeck.transcode.render;

/// Which segment: a window of one generation of a rendition.
record SegmentId(String sessionId, String rendition, int generation, long window) {

    @Override
    public String toString() {
        return "session=%s rendition=%s generation=%d window=%d"
                .formatted(sessionId, rendition, generation, window);
    }
}
