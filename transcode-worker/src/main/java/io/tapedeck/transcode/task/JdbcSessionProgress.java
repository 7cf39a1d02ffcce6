package io.tapedeck.transcode.task;

import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.ladder.JdbcWithdrawn;
import io.tapedeck.transcode.story.EventDraft;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How far a session is, as its plan row says.
///
/// @param ready whether all is planned and nothing is due
/// @param rendering whether a task waits for renditions
/// @param pictured whether pictures of it were made or are to be made
/// @param plan which plan this is about
/// @param unpublished whether it is a later one that the world was not told of; one without a
///   rendition never takes the place of one that has some
/// @param windows of two seconds
/// @param gaps as JSON
record JdbcSessionProgress(
        String sessionId,
        boolean ready,
        boolean rendering,
        boolean pictured,
        int plan,
        boolean unpublished,
        long windows,
        long plannedTicks,
        String gaps) {

    private static final String WITHDRAWN =
            "The recording was planned again when all of it was there, and is not made like this any"
                    + " more.";

    /// Empty when the session is gone.
    static Optional<JdbcSessionProgress> read(JdbcSession rows, String sessionId)
            throws SQLException {
        return rows.find(
                JdbcSessionProgress::of,
                """
                select *, state in ('planned', 'failed') and due_segments = 0 as ready,
                    plan > published_plan and plan = coalesce((
                            select max(r.plan) from rendition r
                            where r.session_id = p.session_id and not r.withdrawn), plan)
                        as unpublished,
                    exists (select from task t where t.session_id = p.session_id
                        and t.task_type = 'render' and t.state = 'running') as rendering,
                    exists (select from session_preview v where v.session_id = p.session_id)
                        as pictured
                from session_plan p where session_id = ? and state <> 'removed'
                """,
                sessionId);
    }

    private static JdbcSessionProgress of(JdbcRow row) throws SQLException {
        return new JdbcSessionProgress(
                row.text("session_id"),
                row.flag("ready"),
                row.flag("rendering"),
                row.flag("pictured"),
                row.integer("plan"),
                row.flag("unpublished"),
                row.number("next_window"),
                row.number("planned_ticks"),
                row.text("gaps"));
    }

    /// Publishes the plan: what the world is told of it. What only plans before had goes, for its
    /// timeline is another one.
    List<EventDraft> publish(JdbcSession rows, Function<String, List<Gap>> reader)
            throws SQLException {
        rows.update(
                "update session_plan set published_plan = plan where session_id = ?", sessionId);
        List<Gap> missing = reader.apply(gaps);
        var events = new ArrayList<EventDraft>();
        events.add((sequence, at) ->
                new TranscodeEvent.Planned(
                        sessionId, sequence, at, windows, plannedTicks, true, missing));
        events.addAll(withdraw(rows));
        return events;
    }

    private List<EventDraft> withdraw(JdbcSession rows) throws SQLException {
        return rows.query(
                row -> JdbcWithdrawn.of(row).told(WITHDRAWN),
                """
                update rendition r set withdrawn = true
                where session_id = ? and plan < ? and not withdrawn and not exists (
                    select from rendition n where n.session_id = r.session_id
                        and n.name = r.name and n.plan = ? and not n.withdrawn)
                returning session_id, name, generation
                """,
                sessionId,
                plan,
                plan);
    }
}
