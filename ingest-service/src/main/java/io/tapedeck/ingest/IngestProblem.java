package io.tapedeck.ingest;

import io.tapedeck.chassis.problem.ProblemKind;

/// Every way in which this service says no.
public enum IngestProblem implements ProblemKind {
    SESSION_UNKNOWN("session-unknown", 404, "There is no such session", false),
    SESSION_DELETED("session-deleted", 410, "The session was deleted", false),
    SESSION_CLOSED("session-closed", 410, "The session takes no more chunks", false),
    SESSION_FULL("session-full", 413, "The session is as large as it may be", false),
    UNDO_OVER("undo-over", 410, "The session can no longer be restored", false),
    TOKEN_WRONG("upload-token-wrong", 401, "The upload token does not fit the session", false),
    TOO_MANY_SESSIONS("too-many-open-sessions", 429, "Too many sessions are open", true),
    TOO_MANY_UPLOADS("too-many-uploads", 429, "Too many chunks of this session at once", true),
    OVERLOADED("overloaded", 503, "The service cannot keep up", true),
    STORE_UNAVAILABLE("store-unavailable", 503, "The object store does not answer", true),
    CHUNK_INVALID("chunk-number-invalid", 400, "That is no chunk number", false),
    CHUNK_CONFLICT("chunk-conflict", 409, "Other bytes are stored under that number", false),
    RUN_FALLS("run-falls", 409, "The run falls while the index rises", false),
    CHUNK_TOO_LARGE("chunk-too-large", 413, "The chunk is too large", false),
    CHUNK_CUT_SHORT("chunk-cut-short", 400, "The chunk ended early", true),
    CHUNK_TOO_SLOW("chunk-too-slow", 408, "The chunk took too long", true),
    CONTENT_TYPE_WRONG("content-type-wrong", 415, "Chunks are raw bytes", false),
    DIGEST_MALFORMED("content-digest-malformed", 400, "Content-Digest cannot be read", false),
    DIGEST_MISMATCH("content-digest-mismatch", 422, "The bytes are not the announced ones", true),
    CHUNKS_MISSING("chunks-missing", 409, "Chunks are missing", true),
    CHUNKS_UNDECLARED("chunks-undeclared", 409, "More chunks are stored than declared", false),
    ALREADY_COMPLETED("already-completed", 409, "The session was completed otherwise", false);

    private final String code;
    private final int status;
    private final String title;
    private final boolean retryable;

    IngestProblem(String code, int status, String title, boolean retryable) {
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
}
