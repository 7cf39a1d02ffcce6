package io.tapedeck.transcode.plan;

import java.util.List;
import java.util.Optional;

/// The rows that planning reads and writes. Thread-safe. Every method is a transaction of its own
/// and throws [io.tapedeck.transcode.database.DatabaseException] when the database is away.
interface Plans {

    /// Empty when nothing was ever heard of the session.
    Optional<PlanRow> load(String sessionId);

    /// Known chunks from `firstIndex` on, in order, at most `limit`. There may be holes between.
    List<Chunk> chunks(String sessionId, long firstIndex, int limit);

    /// Notes that a chunk's object was found missing or too short, unless that was noted just now.
    void missed(String sessionId, long chunkIndex);

    /// Writes what a round decided and tells the world.
    ///
    /// @return false when somebody else was faster; nothing has changed then
    boolean commit(PlanStep step);

    /// Notes that a removed session's objects are deleted.
    void swept(String sessionId);
}
