package io.tapedeck.transcode.preview;

import io.tapedeck.transcode.contract.TranscodeEvent;
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

/// Of which sessions pictures are to be made, in PostgreSQL.
@ApplicationScoped
public class JdbcPreviewRepository {

    /// A poster and three sheets, each of which may take ffmpeg three minutes.
    private static final Duration LEASE = Duration.ofMinutes(15);

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final JdbcDueSessions due;

    JdbcPreviewRepository(JdbcDatabase database, StoryPublisher story, Clock clock) {
        this.database = database;
        this.story = story;
        this.due = new JdbcDueSessions("session_preview", LEASE, clock);
    }

    /// To be called when something of a session was rendered, under the lock of its plan row. Only
    /// the first time makes a difference.
    public void begun(JdbcSession rows, String sessionId) throws SQLException {
        due.begun(rows, sessionId);
    }

    /// To be called when all of a session is rendered, or rendered again, under the same lock.
    public void complete(JdbcSession rows, String sessionId) throws SQLException {
        due.wanted(rows, sessionId);
        rows.update("update session_preview set attempts = 0 where session_id = ?", sessionId);
    }

    /// Takes the session that is due longest.
    Optional<Subject> take() {
        return database.transaction(rows -> {
            Optional<JdbcDueSessions.Taken> taken = due.take(rows, "p.state <> 'removed'");
            return taken.isEmpty() ? Optional.empty() : Optional.of(subject(rows, taken.get()));
        });
    }

    private static Subject subject(JdbcSession rows, JdbcDueSessions.Taken taken)
            throws SQLException {
        int attempts =
                rows.find(
                                row -> row.integer("attempts"),
                                """
                                update session_preview set attempts = attempts + 1
                                where session_id = ? returning attempts
                                """,
                                taken.sessionId())
                        .orElseThrow();
        return new JdbcShots(rows, taken.sessionId()).subject(taken.wanted(), attempts);
    }

    /// Gives a session back, for another try soon.
    ///
    /// @param spoilt whether a neighbour was away, so that this was no attempt
    void later(Subject subject, boolean spoilt) {
        database.transaction(rows -> {
            due.later(rows, subject.sessionId());
            return rows.update(
                    """
                    update session_preview set attempts = greatest(0, attempts - ?)
                    where session_id = ? and wanted = ?
                    """,
                    spoilt ? 1 : 0,
                    subject.sessionId(),
                    subject.wanted());
        });
    }

    /// Leaves a session without new pictures.
    void none(Subject subject) {
        database.transaction(rows -> due.done(rows, subject.sessionId(), subject.wanted()));
    }

    /// Tells of pictures, unless there was another reason to make them meanwhile.
    void made(Subject subject, Previewer.Previews previews) {
        database.transaction(rows -> {
            boolean counts = due.done(rows, subject.sessionId(), subject.wanted());
            if (counts) {
                story.tell(
                        rows,
                        subject.sessionId(),
                        List.of((sequence, at) ->
                                new TranscodeEvent.Previewed(
                                        subject.sessionId(),
                                        sequence,
                                        at,
                                        previews.poster(),
                                        previews.storyboard())));
            }
            return counts;
        });
    }
}
