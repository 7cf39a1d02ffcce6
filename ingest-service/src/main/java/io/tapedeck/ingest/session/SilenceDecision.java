package io.tapedeck.ingest.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What silence does to an open session.
enum SilenceDecision {
    NOTHING,
    INTERRUPT,
    COMPLETE;

    /// @param held an upload says when it ends, however long its client is away
    /// @param knocked when the client last came, even if its chunk could not be taken. A viewer is
    ///   told of the interruption all the same, but the door stays open.
    static SilenceDecision of(
            SessionState.Open state,
            boolean held,
            Listening.Moment moment,
            Optional<Instant> knocked,
            Duration interruptedAfter,
            Duration completedAfter) {
        Instant chunk = state.activeAt();
        Instant alive = knocked.filter(chunk::isBefore).orElse(chunk);
        if (!held && moment.quietSince(alive).compareTo(completedAfter) >= 0) {
            return COMPLETE;
        }
        boolean interrupt = moment.quietSince(chunk).compareTo(interruptedAfter) >= 0;
        return switch (state) {
            case SessionState.Recording _ -> interrupt ? INTERRUPT : NOTHING;
            case SessionState.Interrupted _ -> NOTHING;
        };
    }
}
