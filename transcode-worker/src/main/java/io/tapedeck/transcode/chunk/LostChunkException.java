package io.tapedeck.transcode.chunk;

import java.io.IOException;

/// The store has answered, and does not have a chunk, or not all of it. Unlike other failures of
/// the store this one hardly passes, so it is not to be waited for without end.
public final class LostChunkException extends IOException {

    private static final long serialVersionUID = 1L;

    LostChunkException(String message, IOException cause) {
        super(message, cause);
    }
}
