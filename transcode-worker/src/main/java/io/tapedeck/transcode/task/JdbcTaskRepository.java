package io.tapedeck.transcode.task;

import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// [Tasks] in PostgreSQL.
@ApplicationScoped
class JdbcTaskRepository implements Tasks {

    /// Steps of progress that are worth an event.
    static final double STEP = 0.01;

    private final JdbcDatabase database;
    private final JdbcTaskLedger ledger;
    private final Clock clock;
    private final Duration lease;

    JdbcTaskRepository(
            JdbcDatabase database,
            JdbcTaskLedger ledger,
            Clock clock,
            TapedeckWorkerConfig config) {
        this.database = database;
        this.ledger = ledger;
        this.clock = clock;
        this.lease = config.export().lease();
    }

    @Override
    public Optional<Task> start(String taskId) {
        return database.transaction(rows -> {
            Optional<Task> task = JdbcTaskRows.find(rows, taskId);
            boolean due =
                    task.isPresent()
                            && ledger.lock(rows, task.get().sessionId())
                                    .filter(plan -> plan.ready() || task.get().isOfLog())
                                    .isPresent()
                            && !leased(rows, taskId);
            return due ? start(rows, taskId) : Optional.empty();
        });
    }

    private Optional<Task> start(JdbcSession rows, String taskId) throws SQLException {
        Optional<Task> started =
                JdbcTaskRows.find(rows, taskId).flatMap(found -> found.start(clock.instant()));
        if (started.isPresent()) {
            ledger.write(rows, started.get());
        }
        return started;
    }

    @Override
    public List<RenderedPart> parts(Task task) {
        return database.transaction(
                rows -> JdbcTaskRows.parts(rows, task.sessionId(), task.generation()));
    }

    @Override
    public List<LogChunk> log(Task task) {
        return database.transaction(rows -> JdbcTaskRows.log(rows, task.sessionId()));
    }

    @Override
    public boolean alive(Task task, double progress) {
        return database.transaction(rows -> {
            Optional<Task> found = JdbcTaskRows.find(rows, task.taskId());
            if (found.isEmpty() || !same(found.get(), task)) {
                return false;
            }
            if (progress - found.get().progress() >= STEP) {
                return change(rows, task, now -> now.progressed(progress));
            }
            return rows.update(
                            """
                            update task set lease_until = ?, next_emit_at = ?
                            where task_id = ? and attempt = ? and state = 'running'
                            """,
                            clock.instant().plus(lease),
                            clock.instant().plus(lease),
                            task.taskId(),
                            task.attempt())
                    == 1;
        });
    }

    @Override
    public boolean succeed(Task task, String resultKey, long resultBytes) {
        return change(task, now -> now.succeed(clock.instant(), resultKey, resultBytes));
    }

    @Override
    public boolean fail(Task task, String error) {
        return change(task, now -> now.fail(clock.instant(), error));
    }

    @Override
    public boolean giveBack(Task task, boolean spoilt) {
        return change(task, now -> now.giveBack(spoilt));
    }

    private boolean change(Task task, Function<Task, Optional<Task>> change) {
        return database.transaction(rows -> change(rows, task, change));
    }

    private boolean change(JdbcSession rows, Task task, Function<Task, Optional<Task>> change)
            throws SQLException {
        if (ledger.lock(rows, task.sessionId()).isEmpty()) {
            return false;
        }
        Optional<Task> changed =
                JdbcTaskRows.find(rows, task.taskId())
                        .filter(found -> same(found, task))
                        .flatMap(change);
        if (changed.isPresent()) {
            ledger.write(rows, changed.get());
        }
        return changed.isPresent();
    }

    /// Whether the task is still run by the runner that started `mine`.
    private static boolean same(Task found, Task mine) {
        return found.attempt() == mine.attempt() && found.state() == TaskState.RUNNING;
    }

    /// Whether somebody runs it and is alive.
    private boolean leased(JdbcSession rows, String taskId) throws SQLException {
        return rows.find(
                        row -> row.flag("leased"),
                        "select lease_until > ? as leased from task where task_id = ?",
                        clock.instant(),
                        taskId)
                .orElse(false);
    }
}
