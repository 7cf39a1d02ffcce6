package io.tapedeck.transcode.ladder;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.EventDraft;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The rendition of a plan that copies the recorder's own pictures. Its parts are published as they
/// are, and what is published never changes; so where they turn out to be wrong, all of it goes.
public final class JdbcPassthrough {

    private final JdbcSession rows;
    private final String sessionId;
    private final int plan;

    /// To be used under the lock of the session's plan row.
    public JdbcPassthrough(JdbcSession rows, String sessionId, int plan) {
        this.rows = rows;
        this.sessionId = sessionId;
        this.plan = plan;
    }

    /// Gives it up: nobody is led to it any more, and what is not made of it is not made.
    ///
    /// @param reason for people
    /// @return what to tell, if it had been announced and not withdrawn
    public List<EventDraft> withdraw(String reason) throws SQLException {
        var events = new ArrayList<EventDraft>();
        for (JdbcWithdrawn one : withdrawn()) {
            one.dropDue(rows);
            events.add(one.told(reason));
        }
        return events;
    }

    private List<JdbcWithdrawn> withdrawn() throws SQLException {
        return rows.query(
                JdbcWithdrawn::of,
                """
                update rendition set withdrawn = true
                where session_id = ? and plan = ? and cut = ? and not withdrawn
                returning session_id, name, generation
                """,
                sessionId,
                plan,
                Cut.SOURCE);
    }

    /// Whether nothing else is offered of the plan, because nobody wanted to wait for more.
    public boolean isAlone() throws SQLException {
        return rows.find(
                        row -> row.flag("alone"),
                        """
                        select not exists (select from rendition
                            where session_id = ? and plan = ? and cut <> ? and task_id is null
                                and not withdrawn) as alone
                        """,
                        sessionId,
                        plan,
                        Cut.SOURCE)
                .orElse(false);
    }

    /// Whether it was there and is given up.
    public boolean isWithdrawn() throws SQLException {
        return rows.find(
                        row -> row.flag("gone"),
                        """
                        select exists (select from rendition
                            where session_id = ? and plan = ? and cut = ? and withdrawn) as gone
                        """,
                        sessionId,
                        plan,
                        Cut.SOURCE)
                .orElse(false);
    }
}
