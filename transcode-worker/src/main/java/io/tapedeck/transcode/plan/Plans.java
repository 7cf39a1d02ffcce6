package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.plan.SessionPlan;
import java.util.List;
import java.util.Optional;

/// The rows that planning reads and writes. Thread-safe. Every method is a transaction of its own
/// and throws [io.tapedeck.transcode.database.DatabaseException] when the database is away.
interface Plans {

    /// Empty when nothing was ever heard of the session.
    Optional<PlanRow> load(String sessionId);

    /// Known chunks from `firstIndex` on, in order, at most `limit`. There may be holes between.
    List<Chunk> chunks(String sessionId, long firstIndex, int limit);

    /// Whether chunks came too late for a plan that has taken all others.
    boolean isIncomplete(PlanRow plan);

    /// Chunks of the open run that the plan has taken, from `firstIndex` on, in order, at most
    /// `limit`.
    List<Chunk> taken(PlanRow plan, long firstIndex, int limit);

    /// Behind all windows that the plan has.
    SessionPlan behind(PlanRow plan);

    /// Notes that a chunk's object was found missing or too short, unless that was noted just now.
    void missed(String sessionId, long chunkIndex);

    /// Writes what a round decided and tells the world.
    ///
    /// @return false when somebody else was faster; nothing has changed then
    boolean commit(PlanStep step);

    /// Notes that a removed session's objects are deleted.
    void swept(String sessionId);
}
