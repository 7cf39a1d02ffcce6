package io.tapedeck.transcode.history;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What was taken out of the playlists so long ago that it goes. Its rows stay until its objects
/// are gone, so that a worker that dies in between leaves nothing behind; doing any of this twice
/// changes nothing.
@ApplicationScoped
class JdbcDroppedRepository {

    private static final int BATCH = 500;

    /// Playlists may still list what they have not been told to drop. What is sent at once is
    /// younger.
    private static final Duration BROKER_AWAY = Duration.ofSeconds(5);

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final Clock clock;

    JdbcDroppedRepository(JdbcDatabase database, StoryPublisher story, Clock clock) {
        this.database = database;
        this.story = story;
        this.clock = clock;
    }

    /// Windows of a session that no player can ask for any more.
    ///
    /// @param belowWindow all below this
    /// @param told whether the world knows
    record Dropped(String sessionId, Cut cut, long belowWindow, boolean told) {}

    /// A segment of one of them.
    ///
    /// @param objectKey empty where there is no object
    record Segment(String rendition, int generation, long window, String objectKey) {}

    List<Dropped> due() {
        return database.transaction(rows ->
                rows.query(
                        row ->
                                new Dropped(
                                        row.text("session_id"),
                                        row.constant(Cut.class, "cut"),
                                        row.number("below"),
                                        row.flag("told")),
                        """
                        select session_id, cut, max(first_window) as below, bool_and(told) as told
                        from history_drop d
                        where remove_at <= ? and not exists (select from outbox o
                            where o.message_key = d.session_id and o.created_at < ?)
                        group by session_id, cut order by min(remove_at)
                        """,
                        clock.instant(),
                        clock.instant().minus(BROKER_AWAY)));
    }

    /// Tells the world that they go.
    void tell(Dropped dropped) {
        database.transaction(rows -> {
            story.tell(
                    rows,
                    dropped.sessionId(),
                    List.of((sequence, at) ->
                            new TranscodeEvent.HistoryForgotten(
                                    dropped.sessionId(),
                                    sequence,
                                    at,
                                    dropped.cut().name().toLowerCase(Locale.ROOT),
                                    dropped.belowWindow())));
            return rows.update(
                    """
                    update history_drop set told = true
                    where session_id = ? and cut = ? and first_window <= ?
                    """,
                    dropped.sessionId(),
                    dropped.cut(),
                    dropped.belowWindow());
        });
    }

    /// Some of their segments, the oldest first; none when none are left.
    List<Segment> segments(Dropped dropped) {
        return database.transaction(rows ->
                rows.query(
                        row ->
                                new Segment(
                                        row.text("rendition"),
                                        row.integer("generation"),
                                        row.number("window_index"),
                                        row.text("object_key")),
                        """
                        select rendition, generation, window_index,
                            coalesce(object_key, '') as object_key
                        from segment
                        where session_id = ? and plan = 1 and cut = ? and window_index < ?
                        order by window_index limit ?
                        """,
                        dropped.sessionId(),
                        dropped.cut(),
                        dropped.belowWindow(),
                        BATCH));
    }

    /// Removes the rows of segments whose objects are gone.
    void remove(Dropped dropped, List<Segment> segments) {
        database.transaction(rows -> {
            rows.find(
                    row -> row.text("session_id"),
                    "select session_id from session_plan where session_id = ? for update",
                    dropped.sessionId());
            int due = 0;
            for (Segment segment : segments) {
                due += remove(rows, dropped, segment);
            }
            if (due > 0) {
                rows.update(
                        """
                        update session_plan set due_segments = due_segments - ?
                        where session_id = ?
                        """,
                        due,
                        dropped.sessionId());
            }
            return segments.size();
        });
    }

    private static int remove(JdbcSession rows, Dropped dropped, Segment segment)
            throws SQLException {
        return rows.find(
                        row -> row.flag("due") ? 1 : 0,
                        """
                        delete from segment where session_id = ? and rendition = ?
                            and generation = ? and window_index = ?
                        returning state = 'due' as due
                        """,
                        dropped.sessionId(),
                        segment.rendition(),
                        segment.generation(),
                        segment.window())
                .orElse(0);
    }

    /// Removes the rows of the windows themselves. Then nothing is left of them.
    void finish(Dropped dropped) {
        database.transaction(rows -> {
            rows.update(
                    """
                    delete from planned_window
                    where session_id = ? and plan = 1 and cut = ? and window_index < ?
                    """,
                    dropped.sessionId(),
                    dropped.cut(),
                    dropped.belowWindow());
            return rows.update(
                    """
                    delete from history_drop where session_id = ? and cut = ? and first_window <= ?
                    """,
                    dropped.sessionId(),
                    dropped.cut(),
                    dropped.belowWindow());
        });
    }
}
