package io.tapedeck.transcode.task;

import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Generation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Tasks as rows, and what their files are made of.
final class JdbcTaskRows {

    private JdbcTaskRows() {}

    static Optional<Task> find(JdbcSession rows, String taskId) throws SQLException {
        return rows.find(JdbcTaskRows::task, "select * from task where task_id = ?", taskId);
    }

    /// The generation of the best rendition that files are made of: the newest one that is whole.
    /// Empty while there is none.
    static Optional<Integer> generation(JdbcSession rows, String sessionId) throws SQLException {
        return rows.find(
                row -> row.integer("generation"),
                """
                select generation from whole_rendition where session_id = ? and cut = 'grid'
                order by height_pixels desc, generation desc limit 1
                """,
                sessionId);
    }

    /// The highest one that any rendition has or had that files could be made of.
    static int newestGeneration(JdbcSession rows, String sessionId) throws SQLException {
        return rows.find(
                        row -> row.integer("newest"),
                        """
                        select coalesce(max(generation), ?) as newest from rendition
                        where session_id = ? and cut = 'grid'
                        """,
                        Generation.FIRST,
                        sessionId)
                .orElse(Generation.FIRST);
    }

    /// Rendered segments of the best rendition, in order: of that generation, or of the newest one
    /// where another plan has taken its place or it was never whole.
    static List<RenderedPart> parts(JdbcSession rows, String sessionId, int generation)
            throws SQLException {
        return rows.query(
                row -> new RenderedPart(row.text("object_key"), row.number("size_bytes")),
                """
                select object_key, size_bytes
                from segment join kept_window using (session_id, plan, cut, window_index)
                where state = 'rendered' and (session_id, rendition, generation) = (
                    select session_id, name, generation from whole_rendition
                    where session_id = ? and cut = 'grid'
                    order by height_pixels desc, generation = ? desc, generation desc limit 1)
                order by window_index
                """,
                sessionId,
                generation);
    }

    /// Chunks that have bytes, in order.
    static List<LogChunk> log(JdbcSession rows, String sessionId) throws SQLException {
        return rows.query(
                row ->
                        new LogChunk(
                                row.integer("run"),
                                row.text("object_key"),
                                row.number("size_bytes")),
                """
                select run, object_key, size_bytes from chunk
                where session_id = ? and size_bytes > 0 order by chunk_index
                """,
                sessionId);
    }

    static List<Task> queued(JdbcSession rows, String sessionId) throws SQLException {
        return rows.query(
                JdbcTaskRows::task,
                "select * from task where session_id = ? and state = 'queued' and task_type = 'export'",
                sessionId);
    }

    /// @param nextEmitAt when another job is sent if it is still open; of a running task the end of
    ///   its lease
    static void insert(JdbcSession rows, Task task, Instant nextEmitAt) throws SQLException {
        rows.update(
                """
                insert into task (task_id, session_id, task_type, format, generation, state,
                    attempt, tries, lease_until, next_emit_at, created_at, started_at, finished_at,
                    error)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                task.taskId(),
                task.sessionId(),
                task.type(),
                task.format(),
                task.generation(),
                task.state(),
                task.attempt(),
                task.tries(),
                task.state() == TaskState.RUNNING ? nextEmitAt : null,
                nextEmitAt,
                task.createdAt(),
                task.startedAt(),
                task.finishedAt(),
                task.error());
    }

    /// @param nextEmitAt when another job is sent if it is still open; of a running task the end of
    ///   its lease
    static void write(JdbcSession rows, Task task, Instant nextEmitAt) throws SQLException {
        boolean running = task.state() == TaskState.RUNNING;
        rows.update(
                """
                update task set state = ?, attempt = ?, tries = ?, progress = ?, lease_until = ?,
                    emissions = 0, next_emit_at = ?, started_at = ?, finished_at = ?,
                    result_key = ?, result_bytes = ?, error = ?
                where task_id = ?
                """,
                task.state(),
                task.attempt(),
                task.tries(),
                task.progress(),
                running ? nextEmitAt : null,
                nextEmitAt,
                task.startedAt(),
                task.finishedAt(),
                task.resultKey(),
                task.resultBytes(),
                task.error(),
                task.taskId());
    }

    private static Task task(JdbcRow row) throws SQLException {
        return new Task(
                row.text("task_id"),
                row.text("session_id"),
                row.text("task_type"),
                row.text("format"),
                row.integer("generation"),
                row.instant("created_at"),
                row.integer("attempt"),
                row.integer("tries"),
                status(row));
    }

    private static Task.Status status(JdbcRow row) throws SQLException {
        Instant started = row.instantOrNull("started_at");
        Instant finished = row.instantOrNull("finished_at");
        return switch (row.constant(TaskState.class, "state")) {
            case QUEUED -> new Task.Queued();
            case RUNNING ->
                    new Task.Running(Objects.requireNonNull(started), row.fraction("progress"));
            case SUCCEEDED ->
                    new Task.Succeeded(
                            Objects.requireNonNull(started),
                            Objects.requireNonNull(finished),
                            row.textOrNull("result_key"),
                            row.number("result_bytes"));
            case FAILED ->
                    new Task.Failed(started, Objects.requireNonNull(finished), row.text("error"));
            case CANCELLED -> new Task.Cancelled(started, Objects.requireNonNull(finished));
        };
    }
}
