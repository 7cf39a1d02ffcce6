package io.tapedeck.playback.playlist;

import io.tapedeck.playback.catalog.RenditionProgress;
import io.tapedeck.playback.catalog.WindowOutcome;
import java.util.ArrayList;
import java.util.List;

/// What was listed a moment ago. Listed windows never change, so that while a session is recorded
/// only the newest are read, however long it has become; and where old ones are listed no more,
/// they are not kept either. Safe for many threads.
final class KeptWindows {

    private final Kept<Key, Part> kept;
    private final Rows rows;

    private record Key(String sessionId, String rendition, int generation) {}

    /// @param first number of the first window
    private record Part(long first, List<WindowOutcome> windows) {

        static final Part NONE = new Part(0, List.of());

        long end() {
            return first + windows.size();
        }

        /// The windows that it has from `from` on.
        List<WindowOutcome> from(long from) {
            return first > from || from >= end()
                    ? List.of()
                    : windows.subList((int) (from - first), windows.size());
        }
    }

    /// Where they are when they are not here.
    interface Rows {

        /// @return listed windows, ascending from window `from`
        List<WindowOutcome> listed(String sessionId, RenditionProgress rendition, long from);
    }

    /// @param most windows that are kept together; a longer list is not kept at all
    KeptWindows(long most, Rows rows) {
        this.kept = new Kept<>(most, part -> part.windows().size());
        this.rows = rows;
    }

    /// All windows that a rendition lists, ascending.
    List<WindowOutcome> listed(String sessionId, RenditionProgress rendition) {
        var key = new Key(sessionId, rendition.name(), rendition.generation());
        long first = rendition.dropped().windows();
        int wanted = Math.toIntExact(rendition.listedWindows() - first);
        List<WindowOutcome> known = kept.get(key).orElse(Part.NONE).from(first);
        if (known.size() >= wanted) {
            return known.subList(0, wanted);
        }
        var all = new ArrayList<>(known);
        all.addAll(rows.listed(sessionId, rendition, first + known.size()));
        List<WindowOutcome> listed = List.copyOf(all);
        kept.keep(key, new Part(first, listed));
        return listed;
    }
}
