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

    /// Damage, in words for the person who sent it.
    ///
    /// @param offsetBytes where in the run
    /// @param what is wrong there, half a sentence
    public static MalformedStreamException at(long offsetBytes, String what) {
        return new MalformedStreamException(
                offsetBytes,
                "The recording is damaged at byte %d: %s. What came before it is kept."
                        .formatted(offsetBytes, what));
    }

    /// Where in the run the bytes stop making sense.
    public long offsetBytes() {
        return offsetBytes;
    }
}
