package io.tapedeck.ingest.session;

import java.util.List;

/// What a session must know of its chunks. Called inside the caller's transaction, under the
/// session's lock.
public interface ChunkLog {

    /// Which chunks came, counting those that were forgotten since.
    ReceivedIndexes received(String sessionId);

    /// Deletes the rows of a session's chunks.
    void forget(String sessionId);

    /// Notes which objects of a session others may share, before its own are deleted.
    void release(String sessionId);

    /// Deletes the objects of a session that can no longer be restored, but for those that were
    /// released. Needs no transaction.
    ///
    /// @throws java.io.UncheckedIOException some are left; the same call again deletes the rest
    void deleteObjects(String sessionId);

    /// Deletes those of these objects that no row selects any more. Needs no transaction.
    ///
    /// @throws java.io.UncheckedIOException some are left; they are orphans, which are swept
    void deleteUnselected(List<String> objectKeys);

    /// Deletes released objects that no session has any more. Needs no transaction.
    ///
    /// @throws java.io.UncheckedIOException some are left; the same call again deletes the rest
    void deleteReleased();
}
