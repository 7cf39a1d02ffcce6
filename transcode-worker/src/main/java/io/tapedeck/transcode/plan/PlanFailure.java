package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.ForeignContainerException;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.WindowTooLargeException;
import java.util.Arrays;

/// Why nothing (more) can be made of a session. Always the fault of what was sent, never worth
/// another try with the same bytes.
enum PlanFailure {
    NOT_A_RECORDING("not-a-recording"),
    UNSUPPORTED_MEDIA("unsupported-media"),
    /// Too many coded bytes between two keyframes to be held in memory.
    WINDOW_TOO_LARGE("window-too-large"),
    /// It was completed without a single frame.
    NOTHING_RECORDED("nothing-recorded"),
    /// Chunks without which nothing can be read never came, or are lost.
    BEGINNING_MISSING("beginning-missing"),
    /// It would have to be converted, and its owner did not want to wait for that.
    CANCELLED("cancelled"),
    /// The parser itself failed, which is a defect of ours.
    UNREADABLE("unreadable");

    private final String code;

    PlanFailure(String code) {
        this.code = code;
    }

    static PlanFailure of(MediaException problem) {
        return switch (problem) {
            case MalformedStreamException _ -> NOT_A_RECORDING;
            case ForeignContainerException _, UnsupportedMediaException _ -> UNSUPPORTED_MEDIA;
            case WindowTooLargeException _ -> WINDOW_TOO_LARGE;
        };
    }

    /// That of a stable code.
    static PlanFailure ofCode(String code) {
        return Arrays.stream(values())
                .filter(failure -> failure.code.equals(code))
                .findFirst()
                .orElse(UNREADABLE);
    }

    /// Stable, part of the contract.
    String code() {
        return code;
    }
}
