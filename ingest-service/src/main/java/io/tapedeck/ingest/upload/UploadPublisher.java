package io.tapedeck.ingest.upload;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.chunk.ChunkOffer;
import io.tapedeck.ingest.chunk.ChunkPublisher;
import io.tapedeck.ingest.session.LifecyclePublisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Moves an upload on, one transaction for each step, under the lock of its row.
@ApplicationScoped
class UploadPublisher {

    private final UploadRepository uploads;
    private final LifecyclePublisher sessions;
    private final ChunkPublisher chunks;
    private final IngestConfig config;
    private final Clock clock;

    UploadPublisher(
            UploadRepository uploads,
            LifecyclePublisher sessions,
            ChunkPublisher chunks,
            IngestConfig config,
            Clock clock) {
        this.uploads = uploads;
        this.sessions = sessions;
        this.chunks = chunks;
        this.config = config;
        this.clock = clock;
    }

    /// Looks at an upload. In a transaction of its own: what is read here without a lock must not
    /// be written later.
    ///
    /// @throws ProblemException it is unknown or over, or the request may not touch it
    @Transactional
    Upload look(String id, UploadRepository.Credentials credentials) {
        UploadEntity upload = uploads.require(id);
        uploads.requireAccess(upload, credentials);
        UploadState state = upload.read().stateAt(clock.instant());
        if (state == UploadState.TERMINATED || state == UploadState.EXPIRED) {
            throw PatchAnswer.over(state);
        }
        if (upload.sessionId != null && !sessions.isShown(upload.sessionId)) {
            throw PatchAnswer.over(UploadState.TERMINATED);
        }
        return upload.read();
    }

    /// @throws ProblemException the request does not show the owner key
    void requireOwner(UploadRepository.Credentials credentials) {
        uploads.requireOwner(credentials);
    }

    /// Makes a request the only one that may append, if it may.
    ///
    /// @throws ProblemException it may not
    @Transactional
    Progress claim(String id, PatchDecision.Wish wish) {
        UploadEntity upload = uploads.lock(id);
        Instant now = clock.instant();
        var decision = PatchDecision.of(upload.read(), wish, now, config.limits().sessionBytes());
        @Nullable Long length = PatchAnswer.lengthOf(decision);
        upload.writer = UUID.randomUUID();
        boolean becomesWhole = upload.lengthBytes == null && length != null;
        upload.lengthBytes = length;
        if (becomesWhole && upload.isWhole()) {
            return finishWithTail(upload);
        }
        return progress(upload, List.of());
    }

    /// Makes the only request that a form has the one that may append.
    @Transactional
    Progress claimForm(String id) {
        UploadEntity upload = uploads.lock(id);
        upload.writer = UUID.randomUUID();
        return progress(upload, List.of());
    }

    /// Adds pieces that are in the store. All but the last are long enough to be chunks; the first
    /// begins with the bytes of the tail, if there is one. The last byte completes the session.
    ///
    /// @param writer as claimed
    /// @throws ProblemException a later request took over, or the upload takes no bytes any more
    @Transactional
    Progress append(String id, @Nullable UUID writer, List<Piece> pieces) {
        UploadEntity upload = lockFor(id, writer);
        var replaced = new ArrayList<String>();
        PieceEntity tail = uploads.tail(upload).orElse(null);
        for (Piece piece : pieces) {
            long before = tail == null ? 0 : tail.sizeBytes;
            upload.offsetBytes += piece.sizeBytes() - before;
            if (tail != null) {
                replaced.add(tail.objectKey);
            }
            boolean stays =
                    piece.sizeBytes() >= config.uploads().leastPieceBytes() || upload.isWhole();
            place(upload, tail, piece, stays);
            tail = null;
        }
        upload.expiresAt =
                clock.instant().plus(UploadKind.of(upload.kind).expiry(config.uploads().expiry()));
        if (upload.isWhole()) {
            complete(upload);
        }
        return progress(upload, replaced);
    }

    /// Says that what came is all there is.
    @Transactional
    Progress finish(String id, @Nullable UUID writer) {
        UploadEntity upload = lockFor(id, writer);
        upload.lengthBytes = upload.offsetBytes;
        return finishWithTail(upload);
    }

    /// Gives an upload up, if it is not given up already. Its session is hidden, as if its owner
    /// had deleted it; of a partial one that was joined, the bytes stay.
    @Transactional
    void end(String id, UploadState how) {
        UploadEntity upload = uploads.lock(id);
        if (upload.endedAt != null) {
            return;
        }
        upload.end(how, clock.instant());
        if (upload.sessionId != null && !upload.kind.equals(UploadKind.PARTIAL.word())) {
            sessions.abandon(upload.sessionId);
        }
    }

    /// Gives an upload up if its time is over.
    @Transactional
    void expire(String id) {
        UploadEntity upload = uploads.lock(id);
        if (upload.read().stateAt(clock.instant()) == UploadState.EXPIRED) {
            end(id, UploadState.EXPIRED);
        }
    }

    private UploadEntity lockFor(String id, @Nullable UUID writer) {
        UploadEntity upload = uploads.lock(id);
        UploadState state = UploadState.of(upload.state);
        if (state == UploadState.TERMINATED || state == UploadState.EXPIRED) {
            throw PatchAnswer.over(state);
        }
        if (state == UploadState.COMPLETE || writer == null || !writer.equals(upload.writer)) {
            throw new ProblemException(
                            IngestProblem.UPLOAD_TAKEN_OVER,
                            "Ask with HEAD how far the upload is, and go on from there.")
                    .with("offset", upload.offsetBytes);
        }
        return upload;
    }

    private Progress finishWithTail(UploadEntity upload) {
        uploads.tail(upload).ifPresent(tail -> place(upload, tail, tail.read(), true));
        complete(upload);
        return progress(upload, List.of());
    }

    /// Puts a piece where it belongs: into the log, or among those that wait.
    ///
    /// @param tail the row that it replaces
    /// @param stays it will not grow any more
    private void place(
            UploadEntity upload, @Nullable PieceEntity tail, Piece piece, boolean stays) {
        if (stays && upload.sessionId != null) {
            if (tail != null) {
                uploads.remove(tail);
            }
            var offer = new ChunkOffer(upload.pieceCount, 0, piece.sizeBytes(), piece.sha256());
            chunks.append(upload.sessionId, offer, piece.objectKey());
        } else if (tail != null) {
            tail.write(piece);
        } else {
            uploads.add(upload, upload.pieceCount, piece);
        }
        if (stays) {
            upload.pieceCount++;
        } else if (upload.sessionId != null) {
            sessions.heard(upload.sessionId);
        }
    }

    private void complete(UploadEntity upload) {
        upload.state = UploadState.COMPLETE.word();
        if (upload.sessionId != null) {
            sessions.finish(upload.sessionId);
        }
    }

    private Progress progress(UploadEntity upload, List<String> replaced) {
        Optional<PieceEntity> tail = upload.isWhole() ? Optional.empty() : uploads.tail(upload);
        return new Progress(
                upload.read(), tail.map(PieceEntity::read).orElse(null), List.copyOf(replaced));
    }
}
