package io.tapedeck.transcode.history;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Moves the beginning of the playlists of open sessions, each in a transaction of its own under
/// the lock of its plan row.
@ApplicationScoped
class JdbcHistoryRepository {

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final Clock clock;
    private final Duration margin;

    JdbcHistoryRepository(
            JdbcDatabase database, StoryPublisher story, Clock clock, TapedeckWorkerConfig config) {
        this.database = database;
        this.story = story;
        this.clock = clock;
        this.margin = config.history().margin();
    }

    /// Open sessions of which not everything is kept. One that was deleted stands still: it may be
    /// restored.
    List<String> sliding() {
        return database.transaction(rows ->
                rows.query(
                        row -> row.text("session_id"),
                        """
                        select session_id from session_plan
                        where history_seconds > 0 and state = 'planning' and chunk_count is null
                            and not hidden
                        """));
    }

    /// Moves the beginning of a session's playlists as far as it is to go now, or as far as one
    /// transaction should.
    void slide(String sessionId) {
        database.transaction(rows -> {
            var open = open(rows, sessionId);
            return !open.isEmpty() && slide(rows, sessionId, open.getFirst());
        });
    }

    /// A session that is still open.
    ///
    /// @param markTicks where its playlists begin
    private record Open(Duration history, long markTicks) {}

    private static List<Open> open(JdbcSession rows, String sessionId) throws SQLException {
        return rows.query(
                row ->
                        new Open(
                                Duration.ofSeconds(row.number("history_seconds")),
                                row.number("history_ticks")),
                """
                select history_seconds, history_ticks from session_plan
                where session_id = ? and history_seconds > 0 and state = 'planning'
                    and chunk_count is null and not hidden
                for update skip locked
                """,
                sessionId);
    }

    private boolean slide(JdbcSession rows, String sessionId, Open open) throws SQLException {
        var windows = new JdbcWindows(rows, sessionId);
        var slide = new Slide(open.history(), margin);
        Instant now = clock.instant();
        long edge = 0;
        long floor = Long.MAX_VALUE;
        for (JdbcWindows.Listed listed : windows.listed()) {
            List<OldWindow> newest = windows.newest(listed);
            OptionalLong own = Slide.floor(newest, listed.targetDurationSeconds());
            if (own.isEmpty()) {
                return false;
            }
            floor = Math.min(floor, own.getAsLong());
            edge = Math.max(edge, newest.getFirst().endTicks());
        }
        CutStart grid = windows.start(Cut.GRID);
        OptionalLong mark =
                slide.mark(
                        windows.oldest(Cut.GRID, grid.firstWindow()),
                        open.markTicks(),
                        edge,
                        floor == Long.MAX_VALUE ? 0 : floor,
                        now);
        if (mark.isEmpty()) {
            return false;
        }
        long playlistTicks = edge - open.markTicks();
        move(windows, slide, mark.getAsLong(), playlistTicks, now);
        windows.mark(mark.getAsLong());
        List<TranscodeEvent.Start> starts = windows.starts().stream().map(CutStart::told).toList();
        story.tell(
                rows,
                sessionId,
                List.of((sequence, at) ->
                        new TranscodeEvent.HistoryMoved(
                                sessionId, sequence, at, mark.getAsLong(), starts)));
        return true;
    }

    private static void move(
            JdbcWindows windows, Slide slide, long mark, long playlistTicks, Instant now)
            throws SQLException {
        long longest = Math.max(playlistTicks, windows.longestPlaylistTicks());
        for (Cut cut : Cut.values()) {
            CutStart before = windows.start(cut);
            List<OldWindow> oldest = windows.from(cut, before.firstWindow());
            CutStart after = before.moved(oldest, mark);
            List<OldWindow> dropped = new ArrayList<>(oldest);
            dropped.removeIf(window -> window.index() >= after.firstWindow());
            if (!dropped.isEmpty()) {
                long longestWindow =
                        dropped.stream().mapToLong(OldWindow::durationTicks).max().orElse(0);
                windows.drop(
                        after, mark, playlistTicks, slide.removeAt(now, longestWindow, longest));
            }
        }
    }
}
