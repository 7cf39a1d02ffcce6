package io.tapedeck.playback.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bytes as a door offers them.
///
/// @param pieces whose concatenation they are
/// @param entityTag strong, with its quotes: it changes when a byte does
/// @param disposition `Content-Disposition`, null for none
record Representation(
        List<StoredPiece> pieces,
        String contentType,
        String entityTag,
        String cacheControl,
        @Nullable String disposition) {

    /// What never changes under its address may be kept by anybody for ever.
    static final String IMMUTABLE = "public, max-age=31536000, immutable";

    /// May be kept, but a newer one or a deletion must be noticed at once.
    static final String REVALIDATED = "public, no-cache";

    Representation {
        pieces = List.copyOf(pieces);
    }

    long sizeBytes() {
        return StoredPiece.totalBytes(pieces);
    }
}
