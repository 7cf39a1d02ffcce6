package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.stream.Block;

/// One picture or packet of sound as a fragment lists it.
///
/// @param startBytes where its bytes begin in the run
/// @param sizeBytes never 0
/// @param decodeTicks when it is decoded; rises within a track
/// @param ticks when it is shown or heard
record Sample(
        Block.Kind kind,
        long startBytes,
        int sizeBytes,
        long decodeTicks,
        long ticks,
        boolean keyframe) {

    long endBytes() {
        return startBytes + sizeBytes;
    }
}
