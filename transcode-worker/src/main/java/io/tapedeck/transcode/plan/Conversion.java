package io.tapedeck.transcode.plan;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has become of a run that had to be converted.
///
/// @param run announced run
/// @param reason why it cannot be or is not converted, for people; null unless it failed or was
///   cancelled
record Conversion(int run, State state, @Nullable String reason) {

    /// How far it is.
    enum State {
        /// To be converted when no more chunks come.
        DUE,
        /// Chunks are read from what came out.
        MADE,
        /// It cannot be converted.
        FAILED,
        /// Nobody wants to wait for it.
        CANCELLED
    }

    /// Why it is not there.
    Optional<Failure> failure() {
        PlanFailure kind =
                state == State.CANCELLED ? PlanFailure.CANCELLED : PlanFailure.UNSUPPORTED_MEDIA;
        return Optional.ofNullable(reason).map(words -> new Failure(kind, words));
    }
}
