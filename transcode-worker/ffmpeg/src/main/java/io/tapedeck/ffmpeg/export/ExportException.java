package io.tapedeck.ffmpeg.export;

/// An export that did not work. Its message is a sentence for the person who asked for the file.
public final class ExportException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public ExportException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public ExportException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// Why it did not work, and whether trying again by itself makes sense.
    public enum Reason {
        CANCELLED(false),
        DISK_FULL(false),
        /// A segment could not be read from the store.
        SOURCE_UNREADABLE(true),
        FFMPEG_FAILED(true),
        /// There is nothing to make a file of.
        EMPTY(false);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }

        public boolean retryable() {
            return retryable;
        }
    }
}
