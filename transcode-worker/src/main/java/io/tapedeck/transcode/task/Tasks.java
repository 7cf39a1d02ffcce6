package io.tapedeck.transcode.task;

import java.util.List;
import java.util.Optional;

/// The rows that a runner of tasks reads and writes. Thread-safe. Every method is a transaction of
/// its own, tells the world what has changed, and throws
/// [io.tapedeck.transcode.database.DatabaseException] when the database is away.
///
/// Those that take a task answer whether it is still the runner's: false when it was cancelled,
/// removed, or taken over by another runner; nothing has changed then.
public interface Tasks {

    /// Starts a task, which counts as a try whatever comes of it. Empty when there is nothing to
    /// do: it is finished, somebody else runs it, or its session is not rendered yet.
    Optional<Task> start(String taskId);

    /// What a started task's file is made of, in order: segments of the generation that it is for,
    /// or of the newest one if that is not whole or another plan has taken its place.
    List<RenderedPart> parts(Task task);

    /// What a started task's file is made of if it is made of the log, in order.
    List<LogChunk> log(Task task);

    /// Renews the runner's lease and notes how far it is.
    boolean alive(Task task, double progress);

    boolean succeed(Task task, String resultKey, long resultBytes);

    /// @param error for people
    boolean fail(Task task, String error);

    /// Puts it back into the queue; it is run again after a while.
    ///
    /// @param spoilt whether the try does not count, because a neighbour spoilt it
    boolean giveBack(Task task, boolean spoilt);
}
