package io.tapedeck.ingest.camera;

/// Why a camera is offline.
public final class FeedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    /// @param code stable: `camera-unreachable`, `camera-refused-us`, `camera-not-understood`,
    ///   `camera-silent`, `camera-ended`, `camera-address-refused`, …
    /// @param detail what is wrong and what to do, for people; without passwords
    public FeedException(String code, String detail) {
        // No stack: a camera that is off makes one each half a minute.
        super(detail, null, false, false);
        this.code = code;
    }

    /// Stable.
    public String code() {
        return code;
    }

    /// For people.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
