package io.tapedeck.playback;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.chassis.problem.ProblemKind;
import java.time.Duration;

/// Every way in which a door of this service says no on its own account.
public enum PlaybackFailure implements ProblemKind {
    SESSION_NOT_FOUND("session-not-found", 404, "There is no such session", false),
    NOT_YET_PLAYABLE("not-yet-playable", 404, "There is nothing to play yet", true),
    NOTHING_TO_PLAY("nothing-to-play", 404, "There is nothing to play", false),
    RENDITION_NOT_FOUND("rendition-not-found", 404, "The session has no such rendition", false),
    NOT_YET_RENDERED("not-yet-rendered", 503, "That part is not rendered yet", true),
    SEGMENT_NOT_FOUND("segment-not-found", 404, "There is no such segment", false),
    NO_RECORDING("no-recording", 404, "There is no such file yet", true),
    NO_PICTURE("no-picture", 404, "There is no such picture yet", true),
    NOT_YET_CHECKED("not-yet-checked", 404, "The session is not checked yet", true),
    NO_SOURCE("no-source", 404, "There are no such bytes", false),
    TASK_NOT_FOUND("task-not-found", 404, "There is no such task", false),
    UNKNOWN_FORMAT("unknown-format", 422, "That format cannot be made", false),
    STILL_RECORDING("still-recording", 409, "The session is still recording", true),
    NOTHING_TO_EXPORT("nothing-to-export", 409, "There is nothing to export", false),
    NOTHING_TO_RENDER("nothing-to-render", 409, "There is nothing to render", false),
    NOT_CANCELLABLE("not-cancellable", 409, "The task is over", false),
    NOT_RETRYABLE("not-retryable", 409, "The task needs no retry", false),
    INVALID_ADDRESS("invalid-address", 400, "That is no address", false),
    INVALID_QUERY("invalid-query", 400, "A query parameter is not valid", false),
    WRONG_KEY("wrong-key", 401, "That is not the owner key", false),
    TOO_MANY_GUESSES("too-many-guesses", 429, "Too many wrong keys", true),
    OBJECT_GONE("object-gone", 404, "The bytes are gone", false),
    STORE_AWAY("store-away", 503, "The object store does not answer", true);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final String code;
    private final int status;
    private final String title;
    private final boolean retryable;

    PlaybackFailure(String code, int status, String title, boolean retryable) {
        this.code = code;
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }

    /// To be thrown. What may work later says when to come back.
    ///
    /// @param detail what happened and what to do next
    public ProblemException because(String detail) {
        var problem = new ProblemException(this, detail);
        return retryable ? problem.retryAfter(SOON) : problem;
    }

    /// The same session is unknown in many doors.
    public static ProblemException noSession() {
        return SESSION_NOT_FOUND.because(
                "Check the link. The session may have been deleted, or it was opened a moment ago.");
    }
}
