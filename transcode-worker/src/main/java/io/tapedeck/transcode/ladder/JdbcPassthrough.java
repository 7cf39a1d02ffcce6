package io.tapedeck.transcode.ladder;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.EventDraft;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The rendition of a plan that copies the recorder's own pictures. Its parts are published as they
/// are, and what is published never changes; so where they turn out to be wrong, all of it goes.
public final class JdbcPassthrough {

    private record Withdrawn(String name, int generation) {}

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
        for (Withdrawn one : withdrawn()) {
            drop(one);
            events.add((sequence, at) ->
                    new TranscodeEvent.RenditionWithdrawn(
                            sessionId, sequence, at, one.name(), one.generation(), reason));
        }
        return events;
    }

    private List<Withdrawn> withdrawn() throws SQLException {
        return rows.query(
                row -> new Withdrawn(row.text("name"), row.integer("generation")),
                """
                update rendition set withdrawn = true
                where session_id = ? and plan = ? and cut = ? and not withdrawn
                returning name, generation
                """,
                sessionId,
                plan,
                Cut.SOURCE);
    }

    private void drop(Withdrawn rendition) throws SQLException {
        rows.update(
                """
                with dropped as (delete from segment where session_id = ? and rendition = ?
                    and generation = ? and state = 'due' returning 1)
                update session_plan set due_segments = due_segments
                    - (select count(*)::integer from dropped)
                where session_id = ?
                """,
                sessionId,
                rendition.name(),
                rendition.generation(),
                sessionId);
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
