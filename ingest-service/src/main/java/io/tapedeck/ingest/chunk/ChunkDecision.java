package io.tapedeck.ingest.chunk;

import io.tapedeck.ingest.session.SessionState;
import org.jspecify.annotations.Nullable;

/// What becomes of an offered chunk. Taken once before the bytes are read, to save the trouble, and
/// again under the session's lock, where it counts.
sealed interface ChunkDecision {

    /// It is new: select these bytes.
    ///
    /// @param resumes the session was interrupted
    record Store(boolean resumes) implements ChunkDecision {}

    /// The same bytes are selected already.
    record Same() implements ChunkDecision {}

    /// Other bytes, or the same under another run, are selected.
    record Conflict() implements ChunkDecision {}

    /// A lower index has a higher run, or a higher index a lower one.
    ///
    /// @param lowest lowest run that fits here
    /// @param highest highest run that fits here
    record RunFalls(int lowest, int highest) implements ChunkDecision {}

    /// The session takes no new chunks.
    record Closed() implements ChunkDecision {}

    /// The session was deleted.
    record Deleted() implements ChunkDecision {}

    /// The session has no room for it.
    record Full() implements ChunkDecision {}

    /// What the log says around one index.
    ///
    /// @param existing the chunk selected under that index
    /// @param runBefore run of the next lower index that came; 0 when there is none
    /// @param runAfter run of the next higher index that came; the highest there is when none did
    /// @param sessionBytes what the session holds already
    record Place(@Nullable ChunkOffer existing, int runBefore, int runAfter, long sessionBytes) {}

    /// Decides with the bytes known.
    static ChunkDecision of(
            SessionState state, Place place, ChunkOffer offer, long maxSessionBytes) {
        ChunkOffer existing = place.existing();
        if (existing != null && !(state instanceof SessionState.Hidden)) {
            return existing.equals(offer) ? new Same() : new Conflict();
        }
        return before(state, place, offer.run(), offer.sizeBytes(), maxSessionBytes);
    }

    /// Decides with the bytes unknown: [Store] means that they are worth reading.
    ///
    /// @param sizeBytes as announced; 0 when not known
    static ChunkDecision before(
            SessionState state, Place place, int run, long sizeBytes, long maxSessionBytes) {
        return switch (state) {
            case SessionState.Hidden _ -> new Deleted();
            case SessionState.Completing _ -> new Closed();
            case SessionState.Open open -> {
                if (run < place.runBefore() || run > place.runAfter()) {
                    yield new RunFalls(place.runBefore(), place.runAfter());
                }
                yield place.sessionBytes() + sizeBytes > maxSessionBytes
                        ? new Full()
                        : new Store(open instanceof SessionState.Interrupted);
            }
        };
    }
}
