package io.tapedeck.transcode.ladder;

import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.EventDraft;
import java.sql.SQLException;

/// A rendition whose row says that nobody is led to it any more. To be used under the lock of the
/// session's plan row.
public record JdbcWithdrawn(String sessionId, String name, int generation) {

    /// @param row with `session_id`, `name` and `generation`
    public static JdbcWithdrawn of(JdbcRow row) throws SQLException {
        return new JdbcWithdrawn(
                row.text("session_id"), row.text("name"), row.integer("generation"));
    }

    /// Sees to it that what is not made of it is not made.
    public void dropDue(JdbcSession rows) throws SQLException {
        rows.update(
                """
                with dropped as (delete from segment where session_id = ? and rendition = ?
                    and generation = ? and state = 'due' returning 1)
                update session_plan set due_segments = due_segments
                    - (select count(*)::integer from dropped)
                where session_id = ?
                """,
                sessionId,
                name,
                generation,
                sessionId);
    }

    /// @param reason for people
    public EventDraft told(String reason) {
        return (sequence, at) ->
                new TranscodeEvent.RenditionWithdrawn(
                        sessionId, sequence, at, name, generation, reason);
    }
}
