package io.tapedeck.transcode.database;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Sessions of which something is to be done, each by one worker at a time, in a table of its own
/// with the columns `session_id`, `wanted` (how often there was a reason), `done` (how many of them
/// had come when it was last begun) and `due_at` (null when there is nothing to do). A worker that
/// takes longer than the lease has died: another one begins again.
public final class JdbcDueSessions {

    /// Until a store that did not answer is asked again.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final String table;
    private final Duration lease;
    private final Clock clock;

    /// @param table its name; part of the statements
    public JdbcDueSessions(String table, Duration lease, Clock clock) {
        this.table = table;
        this.lease = lease;
        this.clock = clock;
    }

    /// One that this worker has taken.
    ///
    /// @param wanted tells whether meanwhile there was another reason
    public record Taken(String sessionId, long wanted) {}

    /// There is a reason to do it, for the first time.
    public void begun(JdbcSession rows, String sessionId) throws SQLException {
        rows.update(inserted() + "on conflict (session_id) do nothing", sessionId, clock.instant());
    }

    /// There is a reason to do it, again if it was done or is being done.
    public void wanted(JdbcSession rows, String sessionId) throws SQLException {
        rows.update(
                inserted()
                        + """
                        on conflict (session_id) do update
                        set wanted = due.wanted + 1, due_at = excluded.due_at
                        """,
                sessionId,
                clock.instant());
    }

    private String inserted() {
        return "insert into %s as due (session_id, due_at) values (?, ?) ".formatted(table);
    }

    /// Takes the one that is due longest.
    ///
    /// @param ready condition on its plan row `p`; part of the statement
    public Optional<Taken> take(JdbcSession rows, String ready) throws SQLException {
        return rows.find(
                row -> new Taken(row.text("session_id"), row.number("wanted")),
                """
                update %1$s set due_at = ? where session_id = (
                    select d.session_id from %1$s d join session_plan p using (session_id)
                    where d.due_at <= ? and %2$s
                    order by d.due_at limit 1 for update of d skip locked)
                returning session_id, wanted
                """
                        .formatted(table, ready),
                clock.instant().plus(lease),
                clock.instant());
    }

    /// Gives one back, for another try soon.
    public void later(JdbcSession rows, String sessionId) throws SQLException {
        rows.update(
                "update %s set due_at = ? where session_id = ? and due_at is not null"
                        .formatted(table),
                clock.instant().plus(PAUSE),
                sessionId);
    }

    /// Notes that it is done, and locks the session's plan row.
    ///
    /// @return whether the result counts: the session is there, and there was no reason since
    public boolean done(JdbcSession rows, String sessionId, long wanted) throws SQLException {
        boolean there =
                rows.find(
                                row -> row.text("session_id"),
                                """
                                select session_id from session_plan
                                where session_id = ? and state <> 'removed'
                                for no key update
                                """,
                                sessionId)
                        .isPresent();
        int changed =
                rows.update(
                        """
                        update %s set done = wanted, due_at = null
                        where session_id = ? and wanted = ? and done < wanted
                        """
                                .formatted(table),
                        sessionId,
                        wanted);
        return there && changed == 1;
    }
}
