package io.tapedeck.ingest.upload;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of an upload at one moment.
///
/// @param id in its address
/// @param sessionId what it fills; null for a partial one that was not joined
/// @param metadata as the client sent it; empty when it sent none
/// @param concat as the client sent it; empty when it sent none
/// @param lengthBytes null while not known
/// @param offsetBytes how much is stored
/// @param pieceCount pieces that will not grow any more
/// @param writer the request that may append
record Upload(
        String id,
        UploadKind kind,
        @Nullable String sessionId,
        String metadata,
        String concat,
        @Nullable Long lengthBytes,
        long offsetBytes,
        long pieceCount,
        @Nullable UUID writer,
        UploadState state,
        Instant createdAt,
        Instant expiresAt) {

    /// The session of an upload that has one.
    String session() {
        return Objects.requireNonNull(sessionId, id);
    }

    boolean hasSession() {
        return sessionId != null;
    }

    /// Its state now: one whose time is over has expired, noticed or not.
    UploadState stateAt(Instant now) {
        return expires() && !now.isBefore(expiresAt) ? UploadState.EXPIRED : state;
    }

    /// Whether it is given up when nothing happens: until it is complete and in a session.
    boolean expires() {
        return state == UploadState.OPEN || (state == UploadState.COMPLETE && !hasSession());
    }

    /// How many bytes still fit.
    ///
    /// @param maxBytes that any upload may have
    long roomBytes(long maxBytes) {
        return (lengthBytes == null ? maxBytes : lengthBytes) - offsetBytes;
    }

    /// The same further on.
    Upload at(long offset, long pieces) {
        return new Upload(
                id,
                kind,
                sessionId,
                metadata,
                concat,
                lengthBytes,
                offset,
                pieces,
                writer,
                state,
                createdAt,
                expiresAt);
    }
}
