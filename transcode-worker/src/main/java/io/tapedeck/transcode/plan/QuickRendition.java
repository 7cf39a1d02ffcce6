package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Cut;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The rendition in which a session that is not live is offered before all of them are there: the
/// pictures as they came, or else a rung that a worker can make faster than it is watched, wherever
/// in the session somebody goes.
final class QuickRendition {

    /// Of the shorter side; a window of that takes a fraction of the time of the best ones.
    private static final int MOST_PIXELS = 480;

    private QuickRendition() {}

    /// @param copied whether there are the pictures as they came, or will be
    /// @return empty where it is not decided on yet
    static Optional<PlannedRendition> of(List<PlannedRendition> renditions, boolean copied) {
        if (copied) {
            return renditions.stream().filter(one -> one.cut() == Cut.SOURCE).findFirst();
        }
        Comparator<PlannedRendition> bySize = Comparator.comparingInt(QuickRendition::pixels);
        List<PlannedRendition> rungs =
                renditions.stream().filter(one -> one.cut() == Cut.GRID).toList();
        return rungs.stream()
                .filter(rung -> pixels(rung) <= MOST_PIXELS)
                .max(bySize)
                .or(() -> rungs.stream().min(bySize));
    }

    private static int pixels(PlannedRendition rung) {
        return Math.min(rung.widthPixels(), rung.heightPixels());
    }
}
