package io.tapedeck.transcode.task;

import io.tapedeck.transcode.database.JdbcSession;
import java.sql.SQLException;

/// That nobody wants to wait for more of a session than what can be watched soonest, which is
/// remembered: what has to be made may turn out later. To be used under the lock of the session's
/// plan row.
public final class JdbcCancelled {

    private static final String REASON =
            "This was not made ready, because its owner cancelled that. It is in the original as it"
                    + " came.";

    private JdbcCancelled() {}

    static void remember(JdbcSession rows, String sessionId) throws SQLException {
        rows.update("update session_plan set cancelled = true where session_id = ?", sessionId);
        cancelConversions(rows, sessionId);
    }

    public static boolean isRemembered(JdbcSession rows, String sessionId) throws SQLException {
        return rows.find(
                        row -> row.flag("cancelled"),
                        "select cancelled from session_plan where session_id = ?",
                        sessionId)
                .orElse(false);
    }

    /// Has nothing converted any more. Whoever is at it notices with its next sign of life. Listing
    /// the frames of a file takes no time, and goes on.
    public static void cancelConversions(JdbcSession rows, String sessionId) throws SQLException {
        rows.update(
                """
                update conversion set state = 'cancelled', reason = ?, lease_until = null
                where session_id = ? and state = 'due' and (container <> 'mp4' or unindexable)
                """,
                REASON,
                sessionId);
    }
}
