package io.tapedeck.playback.task;

import io.tapedeck.transcode.contract.TaskState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `task`; the migration says what each column is.
@Entity
@Table(name = "task")
class TaskEntity {

    @Id String id = "";

    @Column(name = "session_id", updatable = false)
    String sessionId = "";

    long sequence;

    String type = "";

    String format = "";

    @Enumerated(EnumType.STRING)
    TaskState state = TaskState.QUEUED;

    double progress;

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    @Column(name = "started_at")
    @Nullable Instant startedAt;

    @Column(name = "finished_at")
    @Nullable Instant finishedAt;

    @Column(name = "result_key")
    @Nullable String resultKey;

    @Column(name = "result_bytes")
    long resultBytes;

    @Nullable String error;

    Task task() {
        return new Task(
                id,
                sessionId,
                sequence,
                type,
                format,
                state,
                progress,
                createdAt,
                startedAt,
                finishedAt,
                resultKey,
                resultBytes,
                error);
    }

    TaskEntity keep(Task task) {
        id = task.id();
        sessionId = task.sessionId();
        sequence = task.sequence();
        type = task.type();
        format = task.format();
        state = task.state();
        progress = task.progress();
        createdAt = task.createdAt();
        startedAt = task.startedAt();
        finishedAt = task.finishedAt();
        resultKey = task.resultKey();
        resultBytes = task.resultBytes();
        error = task.error();
        return this;
    }
}
