package io.tapedeck.playback.task;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.tapedeck.playback.Cursor;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows of tasks. Whoever writes them holds the lock on their session's row.
@ApplicationScoped
public class TaskRepository implements PanacheRepositoryBase<TaskEntity, String> {

    /// Tasks of a deleted session are as little there as the session is.
    private static final String VISIBLE =
            "sessionId not in (select e.id from SessionEntity e where e.visibility <> VISIBLE)";

    /// Takes what the worker says of a task, unless it said something later before.
    public void take(TranscodeEvent.TaskChanged event) {
        Task told = Task.told(event);
        TaskEntity row = findById(told.id(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            persist(new TaskEntity().keep(told));
        } else if (row.task().olderThan(told)) {
            row.keep(told);
        }
    }

    /// Removes all tasks of a session.
    public void erase(String sessionId) {
        delete("sessionId", sessionId);
    }

    /// Tasks of some sessions, newest first.
    public Map<String, List<Task>> ofSessions(Collection<String> sessionIds) {
        return stream("sessionId in ?1 order by createdAt desc, id desc", sessionIds)
                .map(TaskEntity::task)
                .collect(Collectors.groupingBy(Task::sessionId));
    }

    /// The newest file of that format that was made of a session.
    public Optional<Task> result(String sessionId, String format) {
        return find(
                        "sessionId = ?1 and type = ?2 and format = ?3 and state = ?4"
                                + " and resultKey is not null order by finishedAt desc nulls last",
                        sessionId,
                        Task.EXPORT,
                        format,
                        TaskState.SUCCEEDED)
                .page(0, 1)
                .firstResultOptional()
                .map(TaskEntity::task);
    }

    Optional<Task> task(String id) {
        return find("id = ?1 and " + VISIBLE, id).firstResultOptional().map(TaskEntity::task);
    }

    /// A task that nobody else changes until the transaction ends.
    Optional<Task> locked(String id) {
        return find("id = ?1 and " + VISIBLE, id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional()
                .map(TaskEntity::task);
    }

    /// Adds a task.
    void add(Task task) {
        persist(new TaskEntity().keep(task));
    }

    /// Replaces a locked task.
    void keep(Task task) {
        findById(task.id()).keep(task);
    }

    /// Tasks, newest first.
    List<Task> page(
            @Nullable String sessionId,
            @Nullable TaskState state,
            @Nullable Cursor after,
            int limit) {
        var query = new StringBuilder(VISIBLE);
        var values = new Parameters();
        if (sessionId != null) {
            query.append(" and sessionId = :sessionId");
            values.and("sessionId", sessionId);
        }
        if (state != null) {
            query.append(" and state = :state");
            values.and("state", state);
        }
        if (after != null) {
            query.append(" and (createdAt < :at or (createdAt = :at and id < :id))");
            values.and("at", after.at()).and("id", after.id());
        }
        return find(query + " order by createdAt desc, id desc", values).page(0, limit).stream()
                .map(TaskEntity::task)
                .toList();
    }
}
