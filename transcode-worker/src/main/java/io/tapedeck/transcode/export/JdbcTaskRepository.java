package io.tapedeck.transcode.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.check.JdbcCheckRepository;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Generation;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// [Tasks] in PostgreSQL, and what commands and the end of a session do to them. Every change
/// happens under the lock of the session's plan row.
@ApplicationScoped
public class JdbcTaskRepository implements Tasks {

    /// A job that nobody took in this time is sent again.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final TypeReference<List<Gap>> GAPS = new TypeReference<>() {};

    /// Steps of progress that are worth an event.
    static final double STEP = 0.01;

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final JdbcRenderings renderings;
    private final JdbcCheckRepository checks;
    private final ObjectMapper json;
    private final Clock clock;
    private final Duration lease;
    private final boolean exportOnCompletion;

    JdbcTaskRepository(
            JdbcDatabase database,
            StoryPublisher story,
            JdbcCheckRepository checks,
            ObjectMapper json,
            Clock clock,
            TapedeckWorkerConfig config) {
        this.database = database;
        this.story = story;
        this.renderings = new JdbcRenderings(story, clock);
        this.checks = checks;
        this.json = json;
        this.clock = clock;
        this.lease = config.export().lease();
        this.exportOnCompletion = config.exportOnCompletion();
    }

    /// To be called in every transaction that plans a session to its end or settles segments of it,
    /// under the lock of the plan row: brings tasks forward, and tells of what is whole now.
    public void advanced(JdbcSession rows, String sessionId) throws SQLException {
        Optional<JdbcSessionProgress> found = JdbcSessionProgress.read(rows, sessionId);
        if (found.isEmpty()) {
            return;
        }
        JdbcSessionProgress session = found.get();
        if (session.rendering()) {
            for (Task task : renderings.advanced(rows, sessionId)) {
                write(rows, task);
            }
        }
        if (!session.ready()) {
            return;
        }
        if (session.unpublished()) {
            story.tell(rows, sessionId, List.of(session.publish(rows, this::gaps)));
        }
        settled(rows, sessionId);
    }

    private List<Gap> gaps(String text) {
        try {
            return json.readValue(text, GAPS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row holds JSON that cannot be read: " + text, e);
        }
    }

    /// Queues the export that every session gets, and sends off all queued ones.
    private void settled(JdbcSession rows, String sessionId) throws SQLException {
        checks.wanted(rows, sessionId);
        Optional<Integer> generation = JdbcTaskRows.generation(rows, sessionId);
        if (exportOnCompletion && generation.isPresent()) {
            String taskId = ExportTaskId.of(sessionId, Exporter.MP4, generation.get());
            if (JdbcTaskRows.find(rows, taskId).isEmpty()
                    && !JdbcTaskRows.parts(rows, sessionId, generation.get()).isEmpty()) {
                insert(
                        rows,
                        Task.queued(
                                taskId,
                                sessionId,
                                Exporter.MP4,
                                generation.get(),
                                clock.instant()));
            }
        }
        JdbcTaskRows.queued(rows, sessionId).forEach(this::enqueue);
    }

    /// Does what a command says. Doing it twice changes nothing.
    void obey(TranscodeCommand command) {
        database.transaction(rows -> {
            rows.update(
                    "insert into session_plan (session_id) values (?)" + " on conflict do nothing",
                    command.sessionId());
            Optional<Plan> plan = lock(rows, command.sessionId());
            if (plan.isPresent()) {
                obey(rows, command, plan.get());
            }
            return plan.isPresent();
        });
    }

    private void obey(JdbcSession rows, TranscodeCommand command, Plan plan) throws SQLException {
        Optional<Task> known = JdbcTaskRows.find(rows, command.taskId());
        switch (command) {
            case TranscodeCommand.Export export -> {
                if (known.isPresent()) {
                    tell(rows, known.get());
                } else {
                    add(rows, export, plan);
                }
            }
            case TranscodeCommand.Render render -> {
                if (known.isPresent()) {
                    tell(rows, known.get());
                } else {
                    insert(rows, renderings.begin(rows, render));
                }
            }
            case TranscodeCommand.CancelTask _ -> {
                change(rows, plan, known, task -> task.cancel(clock.instant()));
                renderings.drop(rows, command.sessionId(), command.taskId());
            }
            case TranscodeCommand.RetryTask _ ->
                    change(rows, plan, known, task -> task.retry(clock.instant()));
        }
    }

    private void add(JdbcSession rows, TranscodeCommand.Export export, Plan plan)
            throws SQLException {
        Task task =
                Task.asked(
                        export.taskId(),
                        export.sessionId(),
                        export.format(),
                        JdbcTaskRows.generation(rows, export.sessionId()).orElse(Generation.FIRST),
                        clock.instant());
        insert(rows, task);
        if (task.state() == TaskState.QUEUED && plan.ready()) {
            enqueue(task);
        }
    }

    /// Changes a task, or tells again how it is when the change is not possible.
    private void change(
            JdbcSession rows,
            Plan plan,
            Optional<Task> known,
            Function<Task, Optional<Task>> change)
            throws SQLException {
        if (known.isEmpty()) {
            return;
        }
        Optional<Task> changed = change.apply(known.get());
        if (changed.isEmpty()) {
            tell(rows, known.get());
            return;
        }
        write(rows, changed.get());
        if (changed.get().state() == TaskState.QUEUED && plan.ready()) {
            enqueue(changed.get());
        }
    }

    @Override
    public Optional<Task> start(String taskId) {
        return database.transaction(rows -> {
            Optional<Task> task = JdbcTaskRows.find(rows, taskId);
            return task.isEmpty()
                            || !lock(rows, task.get().sessionId()).map(Plan::ready).orElse(false)
                            || leased(rows, taskId)
                    ? Optional.empty()
                    : start(rows, taskId);
        });
    }

    private Optional<Task> start(JdbcSession rows, String taskId) throws SQLException {
        Optional<Task> started =
                JdbcTaskRows.find(rows, taskId).flatMap(found -> found.start(clock.instant()));
        if (started.isPresent()) {
            write(rows, started.get());
        }
        return started;
    }

    @Override
    public List<RenderedPart> parts(Task task) {
        return database.transaction(
                rows -> JdbcTaskRows.parts(rows, task.sessionId(), task.generation()));
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
        if (lock(rows, task.sessionId()).isEmpty()) {
            return false;
        }
        Optional<Task> changed =
                JdbcTaskRows.find(rows, task.taskId())
                        .filter(found -> same(found, task))
                        .flatMap(change);
        if (changed.isPresent()) {
            write(rows, changed.get());
        }
        return changed.isPresent();
    }

    /// Whether the task is still run by the runner that started `mine`.
    private static boolean same(Task found, Task mine) {
        return found.attempt() == mine.attempt() && found.state() == TaskState.RUNNING;
    }

    /// @param ready whether everything that will ever be rendered is
    private record Plan(boolean ready) {}

    /// Locks the plan row; empty when the session is gone.
    private static Optional<Plan> lock(JdbcSession rows, String sessionId) throws SQLException {
        return rows.find(
                row -> new Plan(row.flag("ready")),
                """
                select state in ('planned', 'failed') and due_segments = 0 as ready
                from session_plan where session_id = ? and state <> 'removed'
                for no key update
                """,
                sessionId);
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

    private void insert(JdbcSession rows, Task task) throws SQLException {
        JdbcTaskRows.insert(rows, task, nextLook(task));
        tell(rows, task);
    }

    private void write(JdbcSession rows, Task task) throws SQLException {
        JdbcTaskRows.write(rows, task, nextLook(task));
        tell(rows, task);
        if (task.state() == TaskState.SUCCEEDED && !task.type().equals(Task.RENDER)) {
            checks.wanted(rows, task.sessionId());
        }
    }

    private Instant nextLook(Task task) {
        if (task.type().equals(Task.RENDER)) {
            return JdbcRenderings.NEVER;
        }
        return clock.instant().plus(task.state() == TaskState.RUNNING ? lease : PATIENCE);
    }

    private void tell(JdbcSession rows, Task task) throws SQLException {
        story.tell(rows, task.sessionId(), List.of(task::changed));
    }

    private void enqueue(Task task) {
        story.enqueue(Queue.BACKLOG, new TranscodeJob.Export(task.sessionId(), task.taskId()));
    }
}
