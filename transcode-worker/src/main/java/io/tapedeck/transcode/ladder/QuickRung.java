package io.tapedeck.transcode.ladder;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// The rung of a ladder that a worker can make faster than it is watched, wherever in the session
/// somebody goes: the largest of a moderate size, or the smallest where none is.
public final class QuickRung {

    /// Of the shorter side; a window of that takes a fraction of the time of the best ones.
    private static final int MOST_PIXELS = 480;

    private QuickRung() {}

    /// @param shortSide of a rung, in pixels
    public static <R> Optional<R> of(List<R> rungs, ToIntFunction<R> shortSide) {
        Comparator<R> bySize = Comparator.comparingInt(shortSide);
        return rungs.stream()
                .filter(rung -> shortSide.applyAsInt(rung) <= MOST_PIXELS)
                .max(bySize)
                .or(() -> rungs.stream().min(bySize));
    }
}
