package io.tapedeck.timeline.mp4;

/// A file that cannot be planned from its index: there is none, it is damaged, or asks for what
/// only a player that knows all of MP4 can do. It may still be converted. The message is for
/// developers.
public final class NotIndexableException extends Exception {

    private static final long serialVersionUID = 1L;

    NotIndexableException(String message) {
        super(message);
    }

    NotIndexableException(String message, Throwable cause) {
        super(message, cause);
    }
}
