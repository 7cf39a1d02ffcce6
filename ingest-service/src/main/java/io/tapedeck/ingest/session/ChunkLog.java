package io.tapedeck.ingest.session;

/// What a session must know of its chunks. Called inside the caller's transaction, under the
/// session's lock.
public interface ChunkLog {

    /// Which chunks came.
    ReceivedIndexes received(String sessionId);

    /// Deletes the rows of a session's chunks.
    void forget(String sessionId);

    /// Deletes the objects of a session that can no longer be restored. Needs no transaction.
    ///
    /// @throws java.io.UncheckedIOException some are left; the same call again deletes the rest
    void deleteObjects(String sessionId);
}
