package io.tapedeck.transcode.history;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The windows of one sliding session, and where its playlists begin. Such a session has one plan.
/// To be used under the lock of the session's plan row.
final class JdbcWindows {

    /// In one transaction.
    private static final int MOST_OLD = 300;

    /// Enough for three target durations, unless a camera comes and goes every other moment.
    private static final int FEW_NEW = 50;

    /// Enough even then.
    private static final int MOST_NEW = 5000;

    private final JdbcSession rows;
    private final String sessionId;

    JdbcWindows(JdbcSession rows, String sessionId) {
        this.rows = rows;
        this.sessionId = sessionId;
    }

    /// A rendition that viewers may be watching.
    ///
    /// @param end number of the first window that it does not list yet
    record Listed(Cut cut, int targetDurationSeconds, long end) {}

    List<Listed> listed() throws SQLException {
        return rows.query(
                row ->
                        new Listed(
                                row.constant(Cut.class, "cut"),
                                row.integer("target_duration_seconds"),
                                row.number("listed_end")),
                """
                select r.cut, r.target_duration_seconds, coalesce(
                    (select min(s.window_index) from segment s
                        where s.session_id = r.session_id and s.plan = r.plan and s.cut = r.cut
                            and s.rendition = r.name and s.generation = r.generation
                            and s.state = 'due'),
                    9223372036854775807) as listed_end
                from rendition r
                where r.session_id = ? and r.task_id is null and not r.withdrawn
                """,
                sessionId);
    }

    /// What a rendition lists, or the newest part of it, the last one first.
    List<OldWindow> newest(Listed listed) throws SQLException {
        List<OldWindow> few = newest(listed, FEW_NEW);
        boolean enough = Slide.floor(few, listed.targetDurationSeconds()).isPresent();
        return enough || few.size() < FEW_NEW ? few : newest(listed, MOST_NEW);
    }

    private List<OldWindow> newest(Listed listed, int most) throws SQLException {
        return rows.query(
                JdbcWindows::window,
                """
                select window_index, stretch, origin_ticks, start_ticks, end_ticks, recorded_at
                from planned_window
                where session_id = ? and plan = 1 and cut = ? and window_index < ?
                order by window_index desc limit ?
                """,
                sessionId,
                listed.cut(),
                listed.end(),
                most);
    }

    /// Windows from `first` on that may be dropped, in order; of more than can be at once the
    /// first.
    List<OldWindow> oldest(Cut cut, long first) throws SQLException {
        List<OldWindow> windows = from(cut, first);
        return windows.subList(0, Math.min(windows.size(), MOST_OLD));
    }

    /// The same, and the one behind them, if there is one.
    List<OldWindow> from(Cut cut, long first) throws SQLException {
        return rows.query(
                JdbcWindows::window,
                """
                select window_index, stretch, origin_ticks, start_ticks, end_ticks, recorded_at
                from planned_window
                where session_id = ? and plan = 1 and cut = ? and window_index >= ?
                order by window_index limit ?
                """,
                sessionId,
                cut,
                first,
                MOST_OLD + 1);
    }

    private static OldWindow window(JdbcRow row) throws SQLException {
        long origin = row.number("origin_ticks");
        return new OldWindow(
                row.number("window_index"),
                row.integer("stretch"),
                origin + row.number("start_ticks"),
                origin + row.number("end_ticks"),
                row.instantOrNull("recorded_at"));
    }

    /// Where playlists of a cut begin.
    CutStart start(Cut cut) throws SQLException {
        return starts().stream()
                .filter(start -> start.cut() == cut)
                .findFirst()
                .orElseGet(() -> CutStart.beginning(cut));
    }

    /// The same of all cuts that do not begin with their first window.
    List<CutStart> starts() throws SQLException {
        return rows.query(
                row ->
                        new CutStart(
                                row.constant(Cut.class, "cut"),
                                row.number("first_window"),
                                row.number("discontinuities"),
                                row.number("dropped_ticks")),
                "select * from history_cut where session_id = ? order by cut",
                sessionId);
    }

    /// How long the longest playlist was that players may still have.
    long longestPlaylistTicks() throws SQLException {
        return rows.find(
                        row -> row.number("longest"),
                        """
                        select coalesce(max(playlist_ticks), 0) as longest from history_drop
                        where session_id = ?
                        """,
                        sessionId)
                .orElse(0L);
    }

    /// Lets playlists of a cut begin farther on.
    ///
    /// @param playlistTicks how long they were before
    /// @param removeAt when what is before that goes
    void drop(CutStart start, long startTicks, long playlistTicks, Instant removeAt)
            throws SQLException {
        rows.update(
                """
                insert into history_cut
                    (session_id, cut, first_window, discontinuities, dropped_ticks)
                values (?, ?, ?, ?, ?)
                on conflict (session_id, cut) do update set first_window = excluded.first_window,
                    discontinuities = excluded.discontinuities,
                    dropped_ticks = excluded.dropped_ticks
                """,
                sessionId,
                start.cut(),
                start.firstWindow(),
                start.discontinuities(),
                start.droppedTicks());
        rows.update(
                """
                insert into history_drop
                    (session_id, cut, first_window, start_ticks, playlist_ticks, remove_at)
                values (?, ?, ?, ?, ?, greatest(?,
                    (select max(remove_at) from history_drop where session_id = ?)))
                """,
                sessionId,
                start.cut(),
                start.firstWindow(),
                startTicks,
                playlistTicks,
                // What is dropped later takes all before it with it.
                removeAt,
                sessionId);
    }

    /// Notes where playlists begin. Gaps before that are listed no more.
    void mark(long startTicks) throws SQLException {
        rows.update(
                """
                update session_plan set history_ticks = ?, gaps = coalesce(
                    (select jsonb_agg(gap order by place)
                        from jsonb_array_elements(gaps) with ordinality as known (gap, place)
                        where (gap ->> 'startTicks')::bigint + (gap ->> 'durationTicks')::bigint
                            >= ?),
                    '[]')
                where session_id = ?
                """,
                startTicks,
                startTicks,
                sessionId);
    }
}
