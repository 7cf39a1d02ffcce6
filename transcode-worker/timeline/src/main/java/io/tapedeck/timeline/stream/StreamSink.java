package io.tapedeck.timeline.stream;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;

/// Is told what a parser finds, in the order of the bytes, or, where a container keeps the tracks
/// of some seconds apart, in the order of time.
public interface StreamSink {

    /// A stream begins, at the start of the run or where a recorder was restarted. What came before
    /// is complete.
    void began() throws MediaException;

    /// The header is complete; blocks follow.
    void tracks(Tracks tracks) throws MediaException;

    void block(Block block) throws MediaException;
}
