package io.tapedeck.timeline;

/// A window needs more coded bytes than may be held in memory at once.
public final class WindowTooLargeException extends MediaException {

    private static final long serialVersionUID = 1L;

    public WindowTooLargeException(String message) {
        super(message);
    }
}
