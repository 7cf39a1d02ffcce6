package io.tapedeck.ingest.frames;

/// What a client can be told in an `ERROR` message. Afterwards the connection goes on, unless the
/// message was the last one.
enum FramesError {
    JSON_INVALID("json-invalid"),
    MESSAGE_NOT_TEXT("message-not-text"),
    MESSAGE_TOO_LARGE("message-too-large"),
    EVENT_UNKNOWN("event-unknown"),
    CLIENT_ID_INVALID("client-id-invalid"),
    MEDIA_SOURCE_UNKNOWN("media-source-unknown"),
    CHUNK_NOT_BASE64("chunk-not-base64"),
    FRAME_NOT_JPEG("frame-not-jpeg"),
    FRAME_TOO_LARGE("frame-too-large"),
    SAMPLES_ODD("samples-odd"),
    RECORDING_UNKNOWN("recording-unknown"),
    RECORDING_SILENT("recording-silent"),
    STORE_UNAVAILABLE("store-unavailable");

    private final String code;

    FramesError(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    /// @param detail what is wrong and what to do, for people
    FramesException because(String detail) {
        return new FramesException(code, detail);
    }
}
