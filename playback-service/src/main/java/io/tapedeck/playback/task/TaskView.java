package io.tapedeck.playback.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tapedeck.playback.Addresses;
import io.tapedeck.transcode.contract.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A background job.
///
/// @param type `export` or `render`
/// @param format what is made: `mp4`, or the renditions by their names, with commas
/// @param progress 0 to 1
/// @param resultUrl where the result is, once succeeded
/// @param resultBytes its size, once succeeded
/// @param error what went wrong and what to do, once failed
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskView(
        String id,
        String type,
        String format,
        String sessionId,
        TaskState state,
        double progress,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String resultUrl,
        @Nullable Long resultBytes,
        @Nullable String error) {

    static final String WITHOUT_WORDS =
            "The task failed. Try it again; if it fails again, the service's log says more.";

    /// As seen from outside.
    public static TaskView of(Task task, Addresses addresses) {
        boolean done = task.hasResult();
        return new TaskView(
                task.id(),
                task.type(),
                task.format(),
                task.sessionId(),
                task.state(),
                task.progress(),
                task.createdAt(),
                task.startedAt(),
                task.finishedAt(),
                done ? addresses.export(task.sessionId(), task.format()) : null,
                done ? task.resultBytes() : null,
                error(task));
    }

    private static @Nullable String error(Task task) {
        if (task.state() != TaskState.FAILED) {
            return null;
        }
        var error = task.error();
        return error == null || error.isBlank() ? WITHOUT_WORDS : error;
    }
}
