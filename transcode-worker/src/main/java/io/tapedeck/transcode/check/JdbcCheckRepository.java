package io.tapedeck.transcode.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which sessions are to be checked, in PostgreSQL.
@ApplicationScoped
public class JdbcCheckRepository {

    /// A worker that takes longer than this has died: another one begins again.
    private static final Duration LEASE = Duration.ofMinutes(2);

    /// Until a store that did not answer is asked again.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final ObjectMapper json;
    private final Clock clock;

    JdbcCheckRepository(
            JdbcDatabase database, StoryPublisher story, ObjectMapper json, Clock clock) {
        this.database = database;
        this.story = story;
        this.json = json;
        this.clock = clock;
    }

    /// To be called in every transaction that finishes something of a session, under the lock of
    /// its plan row.
    public void wanted(JdbcSession rows, String sessionId) throws SQLException {
        Instant now = clock.instant();
        rows.update(
                """
                insert into session_check (session_id, due_at)
                select r.session_id, ? from rendition r where r.session_id = ? limit 1
                on conflict (session_id) do update
                set wanted = session_check.wanted + 1, due_at = excluded.due_at
                """,
                now,
                sessionId);
    }

    /// A check that this worker is to do.
    ///
    /// @param wanted tells whether meanwhile something else was finished
    /// @param facts without what the store says
    record Due(
            String sessionId, long wanted, SessionFacts facts, Optional<JdbcCheckRows.File> file) {}

    /// Takes the check that is due longest, of a session of which nothing is under way.
    Optional<Due> take() {
        Instant now = clock.instant();
        return database.transaction(rows -> {
            record Taken(String sessionId, long wanted) {}
            Optional<Taken> taken =
                    rows.find(
                            row -> new Taken(row.text("session_id"), row.number("wanted")),
                            """
                            update session_check set due_at = ? where session_id = (
                                select c.session_id
                                from session_check c join session_plan p using (session_id)
                                where c.due_at <= ? and p.state in ('planned', 'failed')
                                    and p.due_segments = 0
                                order by c.due_at limit 1 for update of c skip locked)
                            returning session_id, wanted
                            """,
                            now.plus(LEASE),
                            now);
            return taken.isEmpty()
                    ? Optional.empty()
                    : Optional.of(read(rows, taken.get().sessionId(), taken.get().wanted()));
        });
    }

    private Due read(JdbcSession rows, String sessionId, long wanted) throws SQLException {
        var reader = new JdbcCheckRows(rows, sessionId, json);
        return new Due(sessionId, wanted, reader.read(), reader.file());
    }

    /// Gives a check back that could not be done.
    void later(Due due) {
        database.transaction(rows ->
                rows.update(
                        """
                        update session_check set due_at = ?
                        where session_id = ? and due_at is not null
                        """,
                        clock.instant().plus(PAUSE),
                        due.sessionId()));
    }

    /// Tells of a check, unless something else was finished meanwhile: then another is due.
    ///
    /// @return whether it was told
    boolean done(Due due, Report report) {
        return database.transaction(rows -> {
            boolean there =
                    rows.find(
                                    row -> row.text("session_id"),
                                    """
                                    select session_id from session_plan
                                    where session_id = ? and state <> 'removed'
                                    for no key update
                                    """,
                                    due.sessionId())
                            .isPresent();
            int changed =
                    rows.update(
                            """
                            update session_check
                            set done = wanted, due_at = null, passed = ?, checked_at = ?
                            where session_id = ? and wanted = ? and done < wanted
                            """,
                            report.passed(),
                            clock.instant(),
                            due.sessionId(),
                            due.wanted());
            if (there && changed == 1) {
                story.tell(rows, due.sessionId(), List.of(report.told(due.sessionId())));
                return true;
            }
            return false;
        });
    }
}
