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

    private static final Duration LEASE = Duration.ofMinutes(5);

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
    }

    /// Takes the session that is due longest.
    Optional<Subject> take() {
        return database.transaction(rows -> {
            Optional<JdbcDueSessions.Taken> taken = due.take(rows, "p.state <> 'removed'");
            return taken.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new JdbcShots(rows, taken.get().sessionId())
                                    .subject(taken.get().wanted()));
        });
    }

    /// Gives a session back, for another try soon.
    void later(Subject subject) {
        database.transaction(rows -> {
            due.later(rows, subject.sessionId());
            return true;
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
