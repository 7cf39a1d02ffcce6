package io.tapedeck.ingest.session;

import java.time.Duration;
import java.time.Instant;

/// What silence does to an open session.
enum SilenceDecision {
    NOTHING,
    INTERRUPT,
    COMPLETE;

    static SilenceDecision of(
            SessionState.Open state,
            Instant now,
            Duration interruptedAfter,
            Duration completedAfter) {
        Duration quiet = Duration.between(state.activeAt(), now);
        if (quiet.compareTo(completedAfter) >= 0) {
            return COMPLETE;
        }
        boolean interrupt = quiet.compareTo(interruptedAfter) >= 0;
        return switch (state) {
            case SessionState.Recording _ -> interrupt ? INTERRUPT : NOTHING;
            case SessionState.Interrupted _ -> NOTHING;
        };
    }
}
