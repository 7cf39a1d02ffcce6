package io.tapedeck.ingest.frames;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Recordings that a client may hear. Thread-safe.
interface FramesSounds {

    /// Finds a recording with sound.
    ///
    /// @param name as the client says it; null for the usual one
    /// @throws FramesException there is none
    Source find(@Nullable String name) throws FramesException;

    /// The sound of one recording, from its beginning. For one thread at a time.
    interface Source {

        /// The next samples, of about a second; null at the end.
        byte @Nullable [] next() throws IOException;
    }
}
