package io.tapedeck.playback.catalog;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where a session is in its life, as a viewer sees it.
public enum SessionState {
    /// Bytes are coming in.
    RECORDING,
    /// None came for a while; the next one resumes it.
    INTERRUPTED,
    /// All bytes are here, not all of them are rendered.
    COMPLETING,
    /// Every planned window is rendered or a listed gap, and there is something to watch.
    READY,
    /// There is nothing to watch and there never will be.
    FAILED;

    /// The word used in addresses, JSON and rows.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The state of that word, empty when there is none.
    public static Optional<SessionState> of(String word) {
        return Arrays.stream(values()).filter(state -> state.word().equals(word)).findFirst();
    }

    /// Whether more bytes may come.
    public boolean open() {
        return this == RECORDING || this == INTERRUPTED;
    }
}
