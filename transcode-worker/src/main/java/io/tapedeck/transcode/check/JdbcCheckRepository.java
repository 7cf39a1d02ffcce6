package io.tapedeck.transcode.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcDueSessions;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which sessions are to be checked, in PostgreSQL.
@ApplicationScoped
public class JdbcCheckRepository {

    private static final Duration LEASE = Duration.ofMinutes(2);

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final ObjectMapper json;
    private final Clock clock;
    private final JdbcDueSessions due;

    JdbcCheckRepository(
            JdbcDatabase database, StoryPublisher story, ObjectMapper json, Clock clock) {
        this.database = database;
        this.story = story;
        this.json = json;
        this.clock = clock;
        this.due = new JdbcDueSessions("session_check", LEASE, clock);
    }

    /// To be called in every transaction that finishes something of a session, under the lock of
    /// its plan row.
    public void wanted(JdbcSession rows, String sessionId) throws SQLException {
        boolean hasRendition =
                rows.find(
                                row -> row.text("session_id"),
                                "select session_id from rendition where session_id = ? limit 1",
                                sessionId)
                        .isPresent();
        if (hasRendition) {
            due.wanted(rows, sessionId);
        }
    }

    /// A check that this worker is to do.
    ///
    /// @param wanted tells whether meanwhile something else was finished
    /// @param facts without what the store says
    record Due(
            String sessionId, long wanted, SessionFacts facts, Optional<JdbcCheckRows.File> file) {}

    /// Takes the check that is due longest, of a session of which nothing is under way.
    Optional<Due> take() {
        return database.transaction(rows -> {
            Optional<JdbcDueSessions.Taken> taken =
                    due.take(rows, "p.state in ('planned', 'failed') and p.due_segments = 0");
            return taken.isEmpty() ? Optional.empty() : Optional.of(read(rows, taken.get()));
        });
    }

    private Due read(JdbcSession rows, JdbcDueSessions.Taken taken) throws SQLException {
        var reader = new JdbcCheckRows(rows, taken.sessionId(), json);
        return new Due(taken.sessionId(), taken.wanted(), reader.read(), reader.file());
    }

    /// Gives a check back that could not be done.
    void later(Due check) {
        database.transaction(rows -> {
            due.later(rows, check.sessionId());
            return true;
        });
    }

    /// Tells of a check, unless something else was finished meanwhile: then another is due.
    ///
    /// @return whether it was told
    boolean done(Due check, Report report) {
        return database.transaction(rows -> {
            boolean counts = due.done(rows, check.sessionId(), check.wanted());
            if (counts) {
                rows.update(
                        """
                        update session_check set passed = ?, checked_at = ? where session_id = ?
                        """,
                        report.passed(),
                        clock.instant(),
                        check.sessionId());
                story.tell(rows, check.sessionId(), List.of(report.told(check.sessionId())));
            }
            return counts;
        });
    }
}
