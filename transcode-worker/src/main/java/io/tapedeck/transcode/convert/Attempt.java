package io.tapedeck.transcode.convert;

import io.tapedeck.timeline.ForeignContainer;

/// One attempt at converting a run.
///
/// @param run announced run
/// @param number counts the attempts and never falls, so that it tells runners apart
/// @param unindexable whether no list of its frames could be made before
/// @param tries attempts so far, except those that a neighbour spoilt
record Attempt(
        String sessionId,
        int run,
        ForeignContainer container,
        boolean unindexable,
        int number,
        int tries) {

    @Override
    public String toString() {
        return "session=%s run=%d attempt=%d".formatted(sessionId, run, number);
    }
}
