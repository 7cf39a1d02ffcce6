package io.tapedeck.transcode.task;

import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.EventDraft;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How far a session is, as its plan row says.
///
/// @param ready whether all is planned and nothing is due
/// @param rendering whether a task waits for renditions
/// @param unpublished whether its plan is a later one that the world was not told of
/// @param windows of two seconds
/// @param gaps as JSON
record JdbcSessionProgress(
        String sessionId,
        boolean ready,
        boolean rendering,
        boolean unpublished,
        long windows,
        long plannedTicks,
        String gaps) {

    /// Empty when the session is gone.
    static Optional<JdbcSessionProgress> read(JdbcSession rows, String sessionId)
            throws SQLException {
        return rows.find(
                JdbcSessionProgress::of,
                """
                select *, state in ('planned', 'failed') and due_segments = 0 as ready,
                    plan > published_plan as unpublished,
                    exists (select from task t where t.session_id = p.session_id
                        and t.task_type = 'render' and t.state = 'running') as rendering
                from session_plan p where session_id = ? and state <> 'removed'
                """,
                sessionId);
    }

    private static JdbcSessionProgress of(JdbcRow row) throws SQLException {
        return new JdbcSessionProgress(
                row.text("session_id"),
                row.flag("ready"),
                row.flag("rendering"),
                row.flag("unpublished"),
                row.number("next_window"),
                row.number("planned_ticks"),
                row.text("gaps"));
    }

    /// Publishes the plan: what the world is told of it.
    EventDraft publish(JdbcSession rows, Function<String, List<Gap>> reader) throws SQLException {
        rows.update(
                "update session_plan set published_plan = plan where session_id = ?", sessionId);
        List<Gap> missing = reader.apply(gaps);
        return (sequence, at) ->
                new TranscodeEvent.Planned(
                        sessionId, sequence, at, windows, plannedTicks, true, missing);
    }
}
