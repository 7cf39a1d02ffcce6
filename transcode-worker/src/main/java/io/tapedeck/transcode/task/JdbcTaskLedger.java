package io.tapedeck.transcode.task;

import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.check.JdbcCheckRepository;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes tasks, and tells the world of every change. All of it happens in the caller's
/// transaction, under the lock of the session's plan row.
@ApplicationScoped
class JdbcTaskLedger {

    /// A job that nobody took in this time is sent again.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StoryPublisher story;
    private final JdbcCheckRepository checks;
    private final Clock clock;
    private final Duration lease;

    JdbcTaskLedger(
            StoryPublisher story,
            JdbcCheckRepository checks,
            Clock clock,
            TapedeckWorkerConfig config) {
        this.story = story;
        this.checks = checks;
        this.clock = clock;
        this.lease = config.export().lease();
    }

    /// @param ready whether everything that will ever be rendered is
    record Plan(boolean ready) {}

    /// Locks the plan row; empty when the session is gone.
    Optional<Plan> lock(JdbcSession rows, String sessionId) throws SQLException {
        return rows.find(
                row -> new Plan(row.flag("ready")),
                """
                select state in ('planned', 'failed') and due_segments = 0 as ready
                from session_plan where session_id = ? and state <> 'removed'
                for no key update
                """,
                sessionId);
    }

    void insert(JdbcSession rows, Task task) throws SQLException {
        JdbcTaskRows.insert(rows, task, nextLook(task));
        tell(rows, task);
    }

    void write(JdbcSession rows, Task task) throws SQLException {
        JdbcTaskRows.write(rows, task, nextLook(task));
        tell(rows, task);
        if (task.state() == TaskState.SUCCEEDED && !task.type().equals(Task.RENDER)) {
            checks.wanted(rows, task.sessionId());
        }
    }

    void tell(JdbcSession rows, Task task) throws SQLException {
        story.tell(rows, task.sessionId(), List.of(task::changed));
    }

    /// Has a task run by whoever comes first.
    void enqueue(Task task) {
        enqueue(task, Queue.BACKLOG);
    }

    void enqueue(Task task, Queue queue) {
        story.enqueue(queue, new TranscodeJob.Export(task.sessionId(), task.taskId()));
    }

    private Instant nextLook(Task task) {
        if (task.type().equals(Task.RENDER)) {
            return JdbcRenderings.NEVER;
        }
        return clock.instant().plus(task.state() == TaskState.RUNNING ? lease : PATIENCE);
    }
}
