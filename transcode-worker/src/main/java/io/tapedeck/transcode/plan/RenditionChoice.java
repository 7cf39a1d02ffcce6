package io.tapedeck.transcode.plan;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.ladder.Ladder;
import io.tapedeck.transcode.ladder.PictureSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides on a session's renditions with the first window of their cut. They stay as they are
/// whatever comes behind it; when that is better than they are, it is said, for another plan.
final class RenditionChoice {

    private final Ladder ladder;
    private final List<NewRendition> added = new ArrayList<>();
    private boolean made;
    private @Nullable PictureSize best;
    private boolean outgrown;

    /// @param before what was decided before
    RenditionChoice(Ladder ladder, LadderChoice before) {
        this.ladder = ladder;
        made = before.made();
        best = before.best();
        outgrown = before.outgrown();
    }

    /// @param closed windows, in order
    /// @param tracks of their run
    void take(List<Window> closed, Tracks tracks) {
        if (closed.isEmpty()) {
            return;
        }
        if (closed.stream().anyMatch(window -> window.cut() == Cut.SOURCE && window.index() == 0)) {
            // First, because it costs next to nothing.
            tracks.video()
                    .map(Rendition::source)
                    .ifPresent(source -> added.add(new NewRendition(source, Cut.SOURCE, 0)));
        }
        PictureSize largest = larger(PictureSize.of(tracks));
        if (!made) {
            int rank = 0;
            for (Rendition rung : ladder.of(largest)) {
                added.add(new NewRendition(rung, Cut.GRID, rank++));
            }
            made = true;
        }
    }

    private PictureSize larger(PictureSize size) {
        PictureSize known = best;
        if (known != null && !ladder.isBetter(size, known)) {
            return known;
        }
        best = size;
        // Of a choice that was made before this was kept nothing is known.
        outgrown |= made && known != null;
        return size;
    }

    /// Those that were decided on since, best first.
    List<NewRendition> added() {
        return added;
    }

    /// How far it is decided now.
    LadderChoice choice() {
        return new LadderChoice(made, best, outgrown);
    }
}
