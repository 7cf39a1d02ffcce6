package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MalformedStreamException;

/// Words for damage.
final class Malformed {

    private Malformed() {}

    static MalformedStreamException at(long offsetBytes, String what) {
        return new MalformedStreamException(
                offsetBytes,
                "The recording is damaged at byte %d: %s. What came before it is kept."
                        .formatted(offsetBytes, what));
    }
}
