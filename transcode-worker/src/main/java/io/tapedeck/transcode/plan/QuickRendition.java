package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.ladder.QuickRung;
import java.util.List;
import java.util.Optional;

/// The rendition in which a session that is not live is offered before all of them are there: the
/// pictures as they came, or else a rung that a worker can make faster than it is watched, wherever
/// in the session somebody goes.
final class QuickRendition {

    private QuickRendition() {}

    /// @param copied whether there are the pictures as they came, or will be
    /// @return empty where it is not decided on yet
    static Optional<PlannedRendition> of(List<PlannedRendition> renditions, boolean copied) {
        if (copied) {
            return renditions.stream().filter(one -> one.cut() == Cut.SOURCE).findFirst();
        }
        return QuickRung.of(
                renditions.stream().filter(one -> one.cut() == Cut.GRID).toList(),
                QuickRendition::pixels);
    }

    private static int pixels(PlannedRendition rung) {
        return Math.min(rung.widthPixels(), rung.heightPixels());
    }
}
