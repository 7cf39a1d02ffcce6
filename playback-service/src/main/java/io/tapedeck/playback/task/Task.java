package io.tapedeck.playback.task;

import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A background job as it is known here. The worker's word counts; what is written here before it
/// speaks has sequence 0.
///
/// @param sequence of the worker's fact that this is from
/// @param type e.g. `export`
/// @param format what an export makes, e.g. `mp4`; the names of renditions, with commas
/// @param progress 0 to 1
/// @param resultKey object key of the result, once succeeded
/// @param resultBytes its size, 0 until succeeded
/// @param error for people, once failed
public record Task(
        String id,
        String sessionId,
        long sequence,
        String type,
        String format,
        TaskState state,
        double progress,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String resultKey,
        long resultBytes,
        @Nullable String error) {

    /// The type of tasks that make a file of a session.
    public static final String EXPORT = "export";

    /// The type of tasks that make renditions of a session.
    public static final String RENDER = "render";

    /// A task nobody has worked on.
    static Task queued(String id, String sessionId, String type, String format, Instant at) {
        return new Task(
                id, sessionId, 0, type, format, TaskState.QUEUED, 0, at, null, null, null, 0, null);
    }

    /// What the worker says a task is.
    static Task told(TaskChanged event) {
        return new Task(
                event.taskId(),
                event.sessionId(),
                event.sequence(),
                event.taskType(),
                event.format(),
                event.state(),
                Math.clamp(event.progress(), 0.0, 1.0),
                event.createdAt(),
                event.startedAt(),
                event.finishedAt(),
                event.resultKey(),
                event.resultBytes(),
                event.error());
    }

    /// Whether another account of the same task is news.
    boolean olderThan(Task other) {
        return sequence < other.sequence();
    }

    boolean cancellable() {
        return !state.isFinal();
    }

    /// A success needs no second try, and renditions are asked for anew.
    boolean retryable() {
        return type.equals(EXPORT) && (state == TaskState.FAILED || state == TaskState.CANCELLED);
    }

    /// Asked for again: shown as queued at once, so that whoever asked and looks sees it. The
    /// worker's next fact replaces this.
    Task requeued() {
        return new Task(
                id,
                sessionId,
                sequence,
                type,
                format,
                TaskState.QUEUED,
                0,
                createdAt,
                null,
                null,
                null,
                0,
                null);
    }

    /// Whether there is a file to download.
    public boolean hasResult() {
        return state == TaskState.SUCCEEDED && resultKey != null;
    }
}
