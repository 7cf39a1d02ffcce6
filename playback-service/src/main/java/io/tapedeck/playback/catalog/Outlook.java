package io.tapedeck.playback.catalog;

import io.tapedeck.playback.catalog.SessionStory.Capture;
import java.util.Optional;

/// What a session's story amounts to.
///
/// @param state for viewers
/// @param problem what went wrong, if something did; a session may be watchable all the same
public record Outlook(SessionState state, Optional<Problem> problem) {

    /// What went wrong.
    ///
    /// @param code stable
    /// @param message for people: what happened and what to do
    public record Problem(String code, String message) {}

    private static final Problem NOTHING_RECORDED =
            new Problem(
                    "nothing-recorded",
                    "Nothing was recorded: the session ended before any picture or sound arrived."
                            + " Record again; if it stays empty, check the camera and microphone.");

    private static final Problem NOTHING_RENDERED =
            new Problem(
                    "nothing-rendered",
                    "The recording arrived, but no part of it could be turned into video. The"
                            + " original can still be downloaded.");

    /// Judges a story.
    public static Outlook of(SessionStory story) {
        SessionState state = state(story);
        return new Outlook(state, problem(story, state));
    }

    private static SessionState state(SessionStory story) {
        if (empty(story) || (settled(story) && known(story) == 0)) {
            return SessionState.FAILED;
        }
        if (!captured(story)) {
            return story.capture().phase() == Capture.Phase.INTERRUPTED
                    ? SessionState.INTERRUPTED
                    : SessionState.RECORDING;
        }
        if (!settled(story) || (known(story) > 0 && !story.rendered().whole()) || !told(story)) {
            return SessionState.COMPLETING;
        }
        return story.rendered().segments() > 0 ? SessionState.READY : SessionState.FAILED;
    }

    private static Optional<Problem> problem(SessionStory story, SessionState state) {
        var failure = story.failure();
        if (failure != null && stands(failure, story)) {
            return Optional.of(new Problem(failure.code(), failure.message()));
        }
        if (state != SessionState.FAILED) {
            return Optional.empty();
        }
        return Optional.of(known(story) == 0 ? NOTHING_RECORDED : NOTHING_RENDERED);
    }

    /// Nothing will be planned any more.
    private static boolean settled(SessionStory story) {
        var failure = story.failure();
        return story.plan().complete() || (failure != null && stands(failure, story));
    }

    /// A run that could not be read is no failure of the session when a later one can.
    private static boolean stands(SessionStory.Failure failure, SessionStory story) {
        var plan = story.plan();
        return plan.windows() == 0 || plan.sequence() < failure.sequence();
    }

    /// The planner sees the end of the log too, so its word will do when ingest's is late: no more
    /// bytes come.
    private static boolean captured(SessionStory story) {
        return story.capture().phase() == Capture.Phase.COMPLETED || story.plan().complete();
    }

    /// Ended, every chunk accounted for, and not one byte in them.
    private static boolean empty(SessionStory story) {
        return story.capture().phase() == Capture.Phase.COMPLETED
                && accounted(story)
                && story.log().sizeBytes() == 0;
    }

    /// Ingest's own story is told to its end. The worker's may be ahead of it, and whoever would
    /// download then what was recorded would get less than there is. Of one that slides nobody
    /// knows how many chunks are left.
    private static boolean told(SessionStory story) {
        return story.capture().phase() == Capture.Phase.COMPLETED
                && (story.sliding() || accounted(story));
    }

    private static boolean accounted(SessionStory story) {
        Capture capture = story.capture();
        return story.log().chunks() >= capture.chunkCount() - capture.missingChunks();
    }

    private static long known(SessionStory story) {
        return Math.max(story.plan().windows(), story.rendered().segments());
    }
}
