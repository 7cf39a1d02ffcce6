package io.tapedeck.transcode.render;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.contract.TranscodeJob;
import java.util.Locale;

/// Which window: the subject of a render job.
///
/// @param plan of the session's timeline, from 1
/// @param index in that cut of that plan
record WindowId(String sessionId, int plan, Cut cut, long index) {

    /// @throws IllegalArgumentException the job names no cut that there is
    static WindowId of(TranscodeJob.Render job) {
        Cut cut = Cut.valueOf(job.cut().toUpperCase(Locale.ROOT));
        return new WindowId(job.sessionId(), job.plan(), cut, job.window());
    }

    TranscodeJob.Render job() {
        return new TranscodeJob.Render(sessionId, plan, cut.name().toLowerCase(Locale.ROOT), index);
    }

    WindowId at(long otherIndex) {
        return new WindowId(sessionId, plan, cut, otherIndex);
    }

    @Override
    public String toString() {
        return "session=%s plan=%d cut=%s window=%d"
                .formatted(sessionId, plan, cut.name().toLowerCase(Locale.ROOT), index);
    }
}
