package io.tapedeck.transcode.render;

import io.tapedeck.ffmpeg.segment.RenderedSegment;
import java.util.Optional;

/// The rows that rendering reads and writes. Thread-safe. Every method is a transaction of its own
/// and throws [io.tapedeck.transcode.database.DatabaseException] when the database is away.
interface Segments {

    /// Counts an attempt. Empty when the segment is settled or gone: then there is nothing to do.
    ///
    /// @throws RuntimeException its rows make no sense; no attempt was counted
    Optional<ClaimedSegment> claim(SegmentId id);

    /// Settles the segment as rendered and tells the world.
    ///
    /// @param objectKey where its bytes already are
    /// @return the key that counts: `objectKey`, or that of a result which was there before, or
    ///   empty when the segment failed meanwhile or its session is gone
    Optional<String> rendered(ClaimedSegment claim, RenderedSegment segment, String objectKey);

    /// Counts a failure and has the window tried again, or settles it as a gap.
    ///
    /// @param reason for people
    /// @param again whether another try makes sense
    void failed(SegmentId id, String reason, boolean again);

    /// Takes an attempt back that a neighbour spoilt.
    void givenBack(ClaimedSegment claim);
}
