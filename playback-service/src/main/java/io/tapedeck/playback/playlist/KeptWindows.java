package io.tapedeck.playback.playlist;

import io.tapedeck.playback.catalog.RenditionProgress;
import io.tapedeck.playback.catalog.WindowOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What was listed a moment ago. Listed windows never change, so that while a session is recorded
/// only the newest are read, however long it has become. Forgets what nobody asked for longest.
/// Safe for many threads.
final class KeptWindows {

    private final long most;
    private final Rows rows;
    private final LinkedHashMap<Key, List<WindowOutcome>> kept =
            new LinkedHashMap<>(16, 0.75f, true);
    private long count;

    private record Key(String sessionId, String rendition, int generation) {}

    /// Where they are when they are not here.
    interface Rows {

        /// @return listed windows, ascending from window `from`
        List<WindowOutcome> listed(String sessionId, RenditionProgress rendition, long from);
    }

    /// @param most windows that are kept together; a longer list is not kept at all
    KeptWindows(long most, Rows rows) {
        this.most = most;
        this.rows = rows;
    }

    /// All windows that a rendition lists, ascending from window 0.
    List<WindowOutcome> listed(String sessionId, RenditionProgress rendition) {
        var key = new Key(sessionId, rendition.name(), rendition.generation());
        List<WindowOutcome> known = get(key);
        int wanted = Math.toIntExact(rendition.listedWindows());
        if (known.size() >= wanted) {
            return known.subList(0, wanted);
        }
        var all = new ArrayList<>(known);
        all.addAll(rows.listed(sessionId, rendition, known.size()));
        List<WindowOutcome> listed = List.copyOf(all);
        keep(key, listed);
        return listed;
    }

    private synchronized List<WindowOutcome> get(Key key) {
        return kept.getOrDefault(key, List.of());
    }

    private synchronized void keep(Key key, List<WindowOutcome> listed) {
        if (listed.size() > most) {
            return;
        }
        List<WindowOutcome> before = kept.put(key, listed);
        count += listed.size() - (before == null ? 0 : before.size());
        while (count > most) {
            count -= kept.pollFirstEntry().getValue().size();
        }
    }
}
