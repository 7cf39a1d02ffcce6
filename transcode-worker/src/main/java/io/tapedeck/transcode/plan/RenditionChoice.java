package io.tapedeck.transcode.plan;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.ladder.Ladder;
import java.util.ArrayList;
import java.util.List;

/// Decides on a session's renditions with the first window of their cut. They stay as they are
/// whatever comes behind it.
final class RenditionChoice {

    private final Ladder ladder;
    private final List<NewRendition> added = new ArrayList<>();
    private boolean decided;

    /// @param decided whether that was done before
    RenditionChoice(Ladder ladder, boolean decided) {
        this.ladder = ladder;
        this.decided = decided;
    }

    /// @param closed windows, in order
    /// @param tracks of their run
    void take(List<Window> closed, Tracks tracks) {
        if (closed.stream().anyMatch(window -> window.cut() == Cut.SOURCE && window.index() == 0)) {
            // First, because it costs next to nothing.
            tracks.video()
                    .map(Rendition::source)
                    .ifPresent(source -> added.add(new NewRendition(source, Cut.SOURCE, 0)));
        }
        if (!decided && !closed.isEmpty()) {
            int rank = 0;
            for (Rendition rung : ladder.of(tracks)) {
                added.add(new NewRendition(rung, Cut.GRID, rank++));
            }
            decided = rank > 0;
        }
    }

    /// Those that were decided on since, best first.
    List<NewRendition> added() {
        return added;
    }
}
