package io.tapedeck.ingest.upload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far an upload is.
///
/// @param upload as it is now
/// @param tail its last piece, when that is so short that the next bytes continue it
/// @param replaced objects that no row selects any more
record Progress(Upload upload, @Nullable Piece tail, List<String> replaced) {

    long tailBytes() {
        return tail == null ? 0 : tail.sizeBytes();
    }
}
