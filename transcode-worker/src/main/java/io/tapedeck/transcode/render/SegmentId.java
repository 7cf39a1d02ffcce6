package io.tapedeck.transcode.render;

import io.tapedeck.transcode.contract.TranscodeJob;

/// Which segment: a window of one generation of a rendition.
record SegmentId(String sessionId, String rendition, int generation, long window) {

    static SegmentId of(TranscodeJob.Render job) {
        return new SegmentId(job.sessionId(), job.rendition(), job.generation(), job.window());
    }

    TranscodeJob.Render job() {
        return new TranscodeJob.Render(sessionId, rendition, generation, window);
    }

    @Override
    public String toString() {
        return "session=%s rendition=%s generation=%d window=%d"
                .formatted(sessionId, rendition, generation, window);
    }
}
