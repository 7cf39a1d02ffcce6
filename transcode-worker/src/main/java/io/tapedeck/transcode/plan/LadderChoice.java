package io.tapedeck.transcode.plan;

import io.tapedeck.transcode.ladder.PictureSize;
import org.jspecify.annotations.Nullable;

/// How far it is decided what a session is encoded as.
///
/// @param made whether that is done for this plan, for good
/// @param best largest pictures of all runs, of all plans so far; null before the first window
/// @param outgrown whether they came when the choice was made already
record LadderChoice(boolean made, @Nullable PictureSize best, boolean outgrown) {

    static final LadderChoice NONE = new LadderChoice(false, null, false);

    /// In front of another plan, which knows better.
    LadderChoice again() {
        return new LadderChoice(false, best, false);
    }
}
