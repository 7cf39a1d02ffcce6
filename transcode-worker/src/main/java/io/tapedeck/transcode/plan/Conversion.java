package io.tapedeck.transcode.plan;

import org.jspecify.annotations.Nullable;

/// What has become of a run that had to be converted.
///
/// @param run announced run
/// @param reason why it cannot be converted, for people; null unless it failed
record Conversion(int run, State state, @Nullable String reason) {

    /// How far it is.
    enum State {
        /// To be converted when no more chunks come.
        DUE,
        /// Chunks are read from what came out.
        MADE,
        /// It cannot be converted.
        FAILED
    }
}
