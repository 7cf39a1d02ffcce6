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
    ALREADY_COMPLETED("already-completed", 409, "The session was completed otherwise", false),
    TUS_VERSION("tus-version-unsupported", 412, "Another version of tus is spoken here", false),
    TOO_MANY_FILES("too-many-open-uploads", 429, "Too many files are on their way", true),
    UPLOAD_UNKNOWN("upload-unknown", 404, "There is no such upload", false),
    UPLOAD_EXPIRED("upload-expired", 410, "The upload was left alone for too long", false),
    UPLOAD_TERMINATED("upload-terminated", 410, "The upload was given up", false),
    UPLOAD_DENIED("upload-denied", 401, "Neither the owner key nor the upload's token", false),
    UPLOAD_FINAL("upload-final", 403, "An upload of joined parts takes no bytes", false),
    UPLOAD_HEADER_INVALID("upload-header-invalid", 400, "A header cannot be read", false),
    UPLOAD_METADATA_TOO_LARGE("upload-metadata-too-large", 431, "Too much metadata", false),
    UPLOAD_TYPE_WRONG("upload-type-wrong", 415, "The bytes come under another type", false),
    UPLOAD_TOO_LARGE("upload-too-large", 413, "The file is too large", false),
    UPLOAD_OVERLONG("upload-overlong", 413, "More bytes than the upload has room for", false),
    UPLOAD_OFFSET_WRONG("upload-offset-wrong", 409, "The upload does not stand there", true),
    UPLOAD_LENGTH_FIXED("upload-length-fixed", 409, "The upload's length is known", false),
    UPLOAD_TAKEN_OVER("upload-taken-over", 423, "A later request continues the upload", true),
    UPLOAD_STALLED("upload-stalled", 503, "The bytes stopped coming", true),
    UPLOAD_BUSY("upload-busy", 503, "The service cannot keep up", true),
    UPLOAD_PART_UNFIT("upload-part-unfit", 409, "That part cannot be joined", true),
    CHECKSUM_UNSUPPORTED("checksum-unsupported", 400, "No such checksum here", false),
    CHECKSUM_MISMATCH("checksum-mismatch", 460, "The bytes are not the announced ones", true),
    CHECKED_TOO_SLOW("checked-too-slow", 408, "Bytes with a checksum took too long", true),
    FORM_MALFORMED("form-malformed", 400, "The form cannot be read", false),
    FORM_CUT_SHORT("form-cut-short", 400, "The form ended early", true),
    FILE_MISSING("file-missing", 400, "The form has no file", false),
    PART_INVALID("part-invalid", 400, "That is no part of a recording", false),
    PART_EMPTY("part-empty", 409, "Nothing was recorded then", false),
    PART_TOO_LONG("part-too-long", 413, "The part is too long to be saved at once", false),
    FRAMES_DENIED("owner-only", 401, "Only the owner may do this", false),
    FRAMES_ORIGIN("origin-foreign", 403, "The page is not one of this origin", false),
    FRAMES_WEBSOCKET_ONLY("websocket-only", 426, "Here is only a WebSocket", false),
    FRAMES_FULL("too-many-connections", 503, "Too many send frames", true),
    CAMERA_UNKNOWN("camera-unknown", 404, "There is no such camera", false),
    CAMERA_INVALID("camera-invalid", 400, "That is no camera", false),
    CAMERA_ADDRESS_REFUSED("camera-address-refused", 422, "That address is not pulled", false),
    TOO_MANY_CAMERAS("too-many-cameras", 429, "There are too many cameras", false);

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
