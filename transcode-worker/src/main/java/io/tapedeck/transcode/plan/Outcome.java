package io.tapedeck.transcode.plan;

import org.jspecify.annotations.Nullable;

/// How a round leaves its session.
///
/// @param failure set when `state` is failed
/// @param again whether the log is to be planned once more from its beginning
record Outcome(PlanState state, @Nullable Failure failure, boolean again) {

    static Outcome of(PlanState state) {
        return new Outcome(state, null, false);
    }

    private static Outcome failed(PlanFailure kind, String message) {
        return new Outcome(PlanState.FAILED, new Failure(kind, message), false);
    }

    /// Of a session that has come to its end.
    ///
    /// @param conversions of its runs
    /// @param again whether another plan would show more
    /// @param empty whether there is no window
    /// @param broken why its first run cannot be read, if that is so
    /// @param gapless whether nothing is known to be missing
    static Outcome atEnd(
            RunConversions conversions,
            boolean again,
            boolean empty,
            @Nullable Failure broken,
            boolean gapless) {
        if (conversions.isDue()) {
            return of(PlanState.CONVERTING);
        }
        if (again || !empty) {
            return new Outcome(PlanState.PLANNED, null, again);
        }
        if (conversions.failure().isPresent()) {
            return new Outcome(PlanState.FAILED, conversions.failure().get(), false);
        }
        if (broken != null) {
            return new Outcome(PlanState.FAILED, broken, false);
        }
        return gapless
                ? failed(
                        PlanFailure.NOTHING_RECORDED,
                        "The recording ended before a single picture or sound was in it.")
                : failed(
                        PlanFailure.BEGINNING_MISSING,
                        "The beginning of the recording is missing, and the rest cannot be read"
                                + " without it.");
    }
}
