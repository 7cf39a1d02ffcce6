package io.tapedeck.transcode.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.check.JdbcCheckRepository;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.database.DatabaseException;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.preview.JdbcPreviewRepository;
import io.tapedeck.transcode.story.StoryPublisher;
import io.tapedeck.transcode.task.JdbcTaskLedger.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the progress of a session and the commands about it do to its tasks. Every change happens
/// under the lock of the session's plan row.
@ApplicationScoped
public class JdbcSessionTasks {

    private static final TypeReference<List<Gap>> GAPS = new TypeReference<>() {};

    private static final String REFUSED =
            "This could not be begun. Ask again; if it fails again, the worker's log says why.";

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final JdbcTaskLedger ledger;
    private final JdbcRenderings renderings;
    private final JdbcWantedWindows wanted;
    private final JdbcDroppedRungs dropped;
    private final JdbcCheckRepository checks;
    private final JdbcPreviewRepository previews;
    private final ObjectMapper json;
    private final Clock clock;
    private final boolean exportOnCompletion;

    JdbcSessionTasks(
            JdbcDatabase database,
            StoryPublisher story,
            JdbcTaskLedger ledger,
            JdbcCheckRepository checks,
            JdbcPreviewRepository previews,
            ObjectMapper json,
            Clock clock,
            TapedeckWorkerConfig config) {
        this.database = database;
        this.story = story;
        this.ledger = ledger;
        this.renderings = new JdbcRenderings(story, clock);
        this.wanted = new JdbcWantedWindows(database, story, clock);
        this.dropped = new JdbcDroppedRungs(story);
        this.checks = checks;
        this.previews = previews;
        this.json = json;
        this.clock = clock;
        this.exportOnCompletion = config.exportOnCompletion();
    }

    /// To be called in every transaction that plans a session to its end, under the lock of the
    /// plan row: brings tasks forward, and tells of what is whole now.
    public void advanced(JdbcSession rows, String sessionId) throws SQLException {
        advanced(rows, sessionId, List.of());
    }

    /// The same for every transaction that settles segments.
    ///
    /// @param settled which
    public void advanced(JdbcSession rows, String sessionId, List<Settled> settled)
            throws SQLException {
        Optional<JdbcSessionProgress> found = JdbcSessionProgress.read(rows, sessionId);
        if (found.isPresent() && !found.get().pictured() && !settled.isEmpty()) {
            previews.begun(rows, sessionId);
        }
        if (found.isPresent() && found.get().rendering()) {
            render(rows, sessionId, settled);
            found = JdbcSessionProgress.read(rows, sessionId);
        }
        if (found.isEmpty() || !found.get().ready()) {
            return;
        }
        if (found.get().unpublished()) {
            story.tell(rows, sessionId, found.get().publish(rows, this::gaps));
        }
        settled(rows, sessionId);
    }

    private void render(JdbcSession rows, String sessionId, List<Settled> settled)
            throws SQLException {
        for (Task task : renderings.advanced(rows, sessionId, settled)) {
            ledger.write(rows, task);
        }
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
        previews.complete(rows, sessionId);
        Optional<Integer> generation = JdbcTaskRows.generation(rows, sessionId);
        if (exportOnCompletion && generation.isPresent()) {
            String taskId = ExportTaskId.of(sessionId, Task.MP4, generation.get());
            if (JdbcTaskRows.find(rows, taskId).isEmpty()
                    && !JdbcTaskRows.parts(rows, sessionId, generation.get()).isEmpty()) {
                Instant now = clock.instant();
                ledger.insert(
                        rows, Task.queued(taskId, sessionId, Task.MP4, generation.get(), now));
            }
        }
        JdbcTaskRows.queued(rows, sessionId).forEach(ledger::enqueue);
    }

    /// Does what a command says. Doing it twice changes nothing.
    void obey(TranscodeCommand command) {
        switch (command) {
            case TranscodeCommand.OfTask task -> locked(task, this::obey);
            case TranscodeCommand.Want want -> wanted.move(want);
            case TranscodeCommand.CancelProcessing cancel -> cancel(cancel.sessionId());
        }
    }

    private void cancel(String sessionId) {
        database.transaction(rows -> {
            rows.update(
                    "insert into session_plan (session_id) values (?) on conflict do nothing",
                    sessionId);
            boolean there = ledger.lock(rows, sessionId).isPresent();
            if (there) {
                JdbcCancelled.remember(rows, sessionId);
                if (dropped.drop(rows, sessionId)) {
                    advanced(rows, sessionId);
                }
            }
            return there;
        });
    }

    /// To be called in the transaction that plans a session to its end, under the lock of the plan
    /// row: makes no more of it than somebody wants to wait for.
    public void planned(JdbcSession rows, String sessionId) throws SQLException {
        if (JdbcCancelled.isRemembered(rows, sessionId)) {
            dropped.drop(rows, sessionId);
        }
    }

    /// Answers a command that cannot be obeyed: a new task has failed, one that is known is told of
    /// as it is. Who wanted something else sees that it does not happen, and may ask again.
    void refuse(TranscodeCommand command) {
        if (command instanceof TranscodeCommand.OfTask task) {
            locked(task, (rows, refused, _) -> refuse(rows, refused));
        }
    }

    /// Under the lock of a plan row.
    private interface Answer {

        void to(JdbcSession rows, TranscodeCommand.OfTask command, Plan plan) throws SQLException;
    }

    private void locked(TranscodeCommand.OfTask command, Answer answer) {
        database.transaction(rows -> {
            rows.update(
                    "insert into session_plan (session_id) values (?) on conflict do nothing",
                    command.sessionId());
            Optional<Plan> plan = ledger.lock(rows, command.sessionId());
            if (plan.isPresent()) {
                answer.to(rows, command, plan.get());
            }
            return plan.isPresent();
        });
    }

    private void refuse(JdbcSession rows, TranscodeCommand.OfTask command) throws SQLException {
        Optional<Task> known = JdbcTaskRows.find(rows, command.taskId());
        if (known.isPresent()) {
            ledger.tell(rows, known.get());
            return;
        }
        Optional<Task> refused =
                switch (command) {
                    case TranscodeCommand.Export export ->
                            Optional.of(Task.refused(export, clock.instant(), REFUSED));
                    case TranscodeCommand.Render render ->
                            Optional.of(Task.refused(render, clock.instant(), REFUSED));
                    case TranscodeCommand.CancelTask _, TranscodeCommand.RetryTask _ ->
                            Optional.empty();
                };
        if (refused.isPresent()) {
            ledger.insert(rows, refused.get());
        }
    }

    /// Whether the database answers anything at all.
    boolean isReachable() {
        try {
            return database.transaction(rows -> rows.find(row -> true, "select 1").isPresent());
        } catch (DatabaseException _) {
            return false;
        }
    }

    private void obey(JdbcSession rows, TranscodeCommand.OfTask command, Plan plan)
            throws SQLException {
        Optional<Task> known = JdbcTaskRows.find(rows, command.taskId());
        switch (command) {
            case TranscodeCommand.Export export -> {
                if (known.isPresent()) {
                    ledger.tell(rows, known.get());
                } else {
                    add(rows, export, plan);
                }
            }
            case TranscodeCommand.Render render -> {
                if (known.isPresent()) {
                    ledger.tell(rows, known.get());
                } else {
                    ledger.insert(rows, renderings.begin(rows, render));
                    render(rows, render.sessionId(), List.of());
                }
            }
            case TranscodeCommand.CancelTask _ -> {
                change(rows, plan, known, task -> task.cancel(clock.instant()));
                renderings.drop(rows, command.sessionId(), command.taskId());
            }
            case TranscodeCommand.RetryTask _ -> {
                int newest = JdbcTaskRows.newestGeneration(rows, command.sessionId());
                change(rows, plan, known, task -> task.retry(newest, clock.instant()));
            }
        }
    }

    private void add(JdbcSession rows, TranscodeCommand.Export export, Plan plan)
            throws SQLException {
        int newest = JdbcTaskRows.newestGeneration(rows, export.sessionId());
        Task task = Task.asked(export, newest, clock.instant());
        ledger.insert(rows, task);
        if (task.state() == TaskState.QUEUED && (plan.ready() || task.isOfLog())) {
            ledger.enqueue(task);
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
            ledger.tell(rows, known.get());
            return;
        }
        ledger.write(rows, changed.get());
        if (changed.get().state() == TaskState.QUEUED
                && (plan.ready() || changed.get().isOfLog())) {
            ledger.enqueue(changed.get());
        }
    }
}
