package io.tapedeck.transcode.task;

import io.tapedeck.transcode.contract.ExportFormat;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.story.Generation;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A task. Each change is a method that answers with the task as it then is, or with nothing when
/// the change is not possible in its present state.
///
/// @param type [#EXPORT] or [#RENDER]
/// @param format what an export makes, e.g. `mp4`; the renditions that are rendered, with commas
/// @param generation what an export was asked of; 1 for others
/// @param attempt counts starts and never falls, so that it tells runners apart
/// @param tries starts since somebody queued it, except those that a neighbour spoilt
public record Task(
        String taskId,
        String sessionId,
        String type,
        String format,
        int generation,
        Instant createdAt,
        int attempt,
        int tries,
        Status status) {

    /// Makes a file of a session.
    public static final String EXPORT = "export";

    /// Makes renditions from the chunk log. It runs as long as any window of them is due; nobody
    /// holds it meanwhile.
    public static final String RENDER = "render";

    /// The format that one may ask for.
    public static final String MP4 = ExportFormat.MP4;

    /// Where a task is in its life.
    public sealed interface Status {}

    /// Waits for its session to be rendered, or for a free slot.
    public record Queued() implements Status {}

    /// @param progress 0 to 1
    public record Running(Instant startedAt, double progress) implements Status {}

    /// @param resultKey object key of the file; null when the result is none
    public record Succeeded(
            Instant startedAt, Instant finishedAt, @Nullable String resultKey, long resultBytes)
            implements Status {}

    /// @param startedAt null when it never started
    /// @param error for people
    public record Failed(@Nullable Instant startedAt, Instant finishedAt, String error)
            implements Status {}

    /// @param startedAt null when it never started
    public record Cancelled(@Nullable Instant startedAt, Instant finishedAt) implements Status {}

    public static Task queued(
            String taskId, String sessionId, String format, int generation, Instant now) {
        return new Task(taskId, sessionId, EXPORT, format, generation, now, 0, 0, new Queued());
    }

    /// The task of renditions whose windows are due from now on.
    ///
    /// @param renditions their names
    static Task rendering(String taskId, String sessionId, List<String> renditions, Instant now) {
        return new Task(
                taskId,
                sessionId,
                RENDER,
                String.join(",", renditions),
                Generation.FIRST,
                now,
                1,
                1,
                new Running(now, 0));
    }

    /// The task of renditions that cannot be made.
    static Task refused(TranscodeCommand.Render command, Instant now, String why) {
        Task task = rendering(command.taskId(), command.sessionId(), command.renditions(), now);
        return task.with(new Failed(null, now, why));
    }

    /// The task of an export that cannot be made.
    static Task refused(TranscodeCommand.Export command, Instant now, String why) {
        Task task =
                queued(
                        command.taskId(),
                        command.sessionId(),
                        command.format(),
                        Objects.requireNonNullElse(command.generation(), Generation.FIRST),
                        now);
        return task.with(new Failed(null, now, why));
    }

    /// The task of an export that was asked for: queued, or failed at once when it cannot be done.
    ///
    /// @param newest generation of any of the session's renditions
    static Task asked(TranscodeCommand.Export command, int newest, Instant now) {
        Task task =
                queued(
                        command.taskId(),
                        command.sessionId(),
                        command.format(),
                        generation(command, newest),
                        now);
        return task.with(task.unlessRefused(newest, now));
    }

    /// What the command says or, before commands said it, what its id does.
    private static int generation(TranscodeCommand.Export command, int newest) {
        Integer said = command.generation();
        return said != null
                ? said
                : IntStream.rangeClosed(Generation.FIRST, newest)
                        .filter(one ->
                                ExportTaskId.of(command.sessionId(), command.format(), one)
                                        .equals(command.taskId()))
                        .findFirst()
                        .orElse(newest);
    }

    /// Queued, or failed when there will never be such a file.
    private Status unlessRefused(int newest, Instant now) {
        if (!taskId.equals(ExportTaskId.of(sessionId, format, generation))) {
            return new Failed(null, now, "This export was asked for under a wrong id.");
        }
        if (!format.equals(MP4) && !isOfLog()) {
            return new Failed(
                    null, now, "There is no export to %s; ask for mp4.".formatted(format));
        }
        if (generation > newest) {
            return new Failed(
                    null,
                    now,
                    "This recording was never rendered so often. Ask for the file anew.");
        }
        return new Queued();
    }

    /// Whether it needs only the log, and nothing that is rendered.
    public boolean isOfLog() {
        return type.equals(EXPORT) && ExportFormat.isOfLog(format);
    }

    /// Starts a queued task, or one whose runner is gone.
    public Optional<Task> start(Instant now) {
        return switch (status) {
            case Queued _, Running _ ->
                    Optional.of(with(attempt + 1, tries + 1, new Running(now, 0)));
            case Succeeded _, Failed _, Cancelled _ -> Optional.empty();
        };
    }

    /// Notes how far a running task is.
    Optional<Task> progressed(double progress) {
        return status instanceof Running(Instant startedAt, double before)
                ? Optional.of(with(new Running(startedAt, Math.max(before, progress))))
                : Optional.empty();
    }

    Optional<Task> succeed(Instant now, @Nullable String resultKey, long resultBytes) {
        return status instanceof Running(Instant startedAt, double _)
                ? Optional.of(with(new Succeeded(startedAt, now, resultKey, resultBytes)))
                : Optional.empty();
    }

    public Optional<Task> fail(Instant now, String error) {
        return switch (status) {
            case Queued _ -> Optional.of(with(new Failed(null, now, error)));
            case Running(Instant startedAt, double _) ->
                    Optional.of(with(new Failed(startedAt, now, error)));
            case Succeeded _, Failed _, Cancelled _ -> Optional.empty();
        };
    }

    /// Puts a running task back.
    ///
    /// @param spoilt whether the try does not count, because a neighbour spoilt it
    Optional<Task> giveBack(boolean spoilt) {
        return status instanceof Running
                ? Optional.of(with(attempt, spoilt ? tries - 1 : tries, new Queued()))
                : Optional.empty();
    }

    Optional<Task> cancel(Instant now) {
        return switch (status) {
            case Queued _ -> Optional.of(with(new Cancelled(null, now)));
            case Running(Instant startedAt, double _) ->
                    Optional.of(with(new Cancelled(startedAt, now)));
            case Succeeded _, Failed _, Cancelled _ -> Optional.empty();
        };
    }

    /// Queues a failed or cancelled export again, with all its tries. One that was refused is
    /// refused again. Renditions are asked for anew instead.
    ///
    /// @param newest as in [#asked]
    Optional<Task> retry(int newest, Instant now) {
        if (type.equals(RENDER)) {
            return Optional.empty();
        }
        return switch (status) {
            case Failed _, Cancelled _ -> Optional.of(with(attempt, 0, unlessRefused(newest, now)));
            case Queued _, Running _, Succeeded _ -> Optional.empty();
        };
    }

    private Task with(Status newStatus) {
        return with(attempt, tries, newStatus);
    }

    private Task with(int newAttempt, int newTries, Status newStatus) {
        return new Task(
                taskId,
                sessionId,
                type,
                format,
                generation,
                createdAt,
                newAttempt,
                newTries,
                newStatus);
    }

    public TaskState state() {
        return switch (status) {
            case Queued _ -> TaskState.QUEUED;
            case Running _ -> TaskState.RUNNING;
            case Succeeded _ -> TaskState.SUCCEEDED;
            case Failed _ -> TaskState.FAILED;
            case Cancelled _ -> TaskState.CANCELLED;
        };
    }

    double progress() {
        return switch (status) {
            case Running(Instant _, double progress) -> progress;
            case Succeeded _ -> 1;
            case Queued _, Failed _, Cancelled _ -> 0;
        };
    }

    @Nullable Instant startedAt() {
        return switch (status) {
            case Running running -> running.startedAt();
            case Succeeded succeeded -> succeeded.startedAt();
            case Failed failed -> failed.startedAt();
            case Cancelled cancelled -> cancelled.startedAt();
            case Queued _ -> null;
        };
    }

    @Nullable Instant finishedAt() {
        return switch (status) {
            case Succeeded succeeded -> succeeded.finishedAt();
            case Failed failed -> failed.finishedAt();
            case Cancelled cancelled -> cancelled.finishedAt();
            case Queued _, Running _ -> null;
        };
    }

    @Nullable String resultKey() {
        return status instanceof Succeeded succeeded ? succeeded.resultKey() : null;
    }

    long resultBytes() {
        return status instanceof Succeeded succeeded ? succeeded.resultBytes() : 0;
    }

    public @Nullable String error() {
        return status instanceof Failed failed ? failed.error() : null;
    }

    /// The task as the world is told of it.
    TranscodeEvent changed(long sequence, Instant at) {
        return new TranscodeEvent.TaskChanged(
                sessionId,
                sequence,
                at,
                taskId,
                type,
                format,
                state(),
                progress(),
                createdAt,
                startedAt(),
                finishedAt(),
                resultKey(),
                resultBytes(),
                error());
    }
}
