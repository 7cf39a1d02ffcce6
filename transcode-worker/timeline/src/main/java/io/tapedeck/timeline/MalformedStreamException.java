package io.tapedeck.timeline;

/// The bytes are not what their container allows, at a known place.
public final class MalformedStreamException extends MediaException {

    private static final long serialVersionUID = 1L;

    private final long offsetBytes;

    /// @param offsetBytes where in the run
    public MalformedStreamException(long offsetBytes, String message) {
        super(message);
        this.offsetBytes = offsetBytes;
    }

    /// Where in the run the bytes stop making sense.
    public long offsetBytes() {
        return offsetBytes;
    }
}
