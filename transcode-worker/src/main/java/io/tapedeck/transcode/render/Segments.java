package io.tapedeck.transcode.render;

import io.tapedeck.transcode.story.Queue;
import java.util.List;
import java.util.Optional;

/// The rows that rendering reads and writes. Thread-safe. Every method is a transaction of its own
/// and throws [io.tapedeck.transcode.database.DatabaseException] when the database is away.
interface Segments {

    /// Takes on what is due of a window, and of its neighbours, and counts an attempt. Empty when
    /// all of that is settled, gone, or taken by another job: then there is nothing to do.
    ///
    /// @param queue that the job came from; what is meant for the other one is left alone
    /// @param mostWindows to be rendered in one go
    /// @throws RuntimeException its rows make no sense; no attempt was counted
    Optional<Claim> claim(WindowId lead, Queue queue, int mostWindows);

    /// Settles segments as rendered and tells the world.
    ///
    /// @param made segments of the claim whose bytes are already in the store
    /// @return those that do not count, because there was a result before, the window failed
    ///   meanwhile, or the session is gone
    List<MadeSegment> rendered(Claim claim, List<MadeSegment> made);

    /// Counts a failure of all of a claim's segments and has them tried again, one window at a
    /// time, or settles them as gaps.
    ///
    /// Where pictures of the grid cannot be decoded, nobody can decode them as they came either:
    /// the rendition that copies them is withdrawn.
    void failed(Claim claim, RenderFailure failure);

    /// The same for a window that could not even be claimed.
    void failed(WindowId window, Queue queue, String reason);

    /// Takes an attempt back that a neighbour spoilt.
    void givenBack(Claim claim);
}
