package io.tapedeck.ingest.frames;

/// Something that a client is told with an `ERROR` message.
final class FramesException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    FramesException(String code, String detail) {
        // No stack: hostile clients make many of these.
        super(detail, null, false, false);
        this.code = code;
    }

    /// Stable.
    String code() {
        return code;
    }

    /// For people.
    String detail() {
        return String.valueOf(getMessage());
    }
}
