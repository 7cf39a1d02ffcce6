package io.tapedeck.transcode.convert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The rows of conversions. Thread-safe. Every method is a transaction of its own and throws
/// [io.tapedeck.transcode.database.DatabaseException] when the database is away.
interface Conversions {

    /// Takes a run on. Empty when it is not to be converted, or somebody who is alive is at it.
    Optional<Attempt> start(String sessionId, int run);

    /// The chunks of the run, in order.
    List<RunChunk> chunks(Attempt attempt);

    /// A sign of life, of which the world is told when it is news.
    ///
    /// @return whether the attempt is still the newest, and wanted
    boolean alive(Attempt attempt, Advance advance);

    /// From now on the run is read from this.
    ///
    /// @return false when somebody else has taken it on, or it is gone; nothing has changed then
    boolean made(Attempt attempt, String objectKey, long sizeBytes);

    /// From now on the run is planned from this list of its frames.
    ///
    /// @return as above
    boolean indexed(Attempt attempt, String objectKey, long sizeBytes);

    /// No list of the run's frames can be made. It is left to somebody who has the time to convert
    /// it; this attempt does not count.
    void unindexable(Attempt attempt);

    /// There is no room to convert the run at present.
    ///
    /// @return for how long that has been so whenever somebody looked, without any progress since,
    ///   while no other conversion went on
    Duration crowded(Attempt attempt);

    /// The run cannot be converted.
    ///
    /// @param reason for people
    void failed(Attempt attempt, String reason);

    /// Leaves the run to another attempt.
    ///
    /// @param spoilt whether this one does not count, because a neighbour spoilt it
    void givenBack(Attempt attempt, boolean spoilt);
}
