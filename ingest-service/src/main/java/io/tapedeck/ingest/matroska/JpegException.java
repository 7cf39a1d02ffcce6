package io.tapedeck.ingest.matroska;

/// Bytes that are no JPEG picture, or none that can be taken. Its message is for people.
public final class JpegException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    JpegException(boolean tooLarge, String message) {
        // No stack: hostile peers make many of these.
        super(message, null, false, false);
        this.tooLarge = tooLarge;
    }

    /// Whether it is a picture, but has too many pixels.
    public boolean isTooLarge() {
        return tooLarge;
    }

    /// For people.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
