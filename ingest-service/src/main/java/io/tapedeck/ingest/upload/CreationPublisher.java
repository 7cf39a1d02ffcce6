package io.tapedeck.ingest.upload;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.chunk.ChunkOffer;
import io.tapedeck.ingest.chunk.ChunkPublisher;
import io.tapedeck.ingest.session.LifecyclePublisher;
import io.tapedeck.ingest.session.Opening;
import io.tapedeck.ingest.session.SessionEntity;
import io.tapedeck.ingest.session.UploadToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// Creates uploads, and the sessions that they fill.
@ApplicationScoped
class CreationPublisher {

    private static final Duration FULL_WAIT = Duration.ofMinutes(1);

    private final UploadRepository uploads;
    private final LifecyclePublisher sessions;
    private final ChunkPublisher chunks;
    private final IngestConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    CreationPublisher(
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

    /// A new upload, and the token that writes it, which is said only here.
    record Created(Upload upload, String token) {}

    /// @throws ProblemException too many are open, or the parts cannot be joined
    @Transactional
    Created create(TusCreation wish) {
        String token = UploadToken.random(random);
        UploadEntity upload = blank(wish.kind(), token);
        upload.metadata = wish.metadata().header();
        upload.concat = wish.concat();
        upload.lengthBytes = wish.lengthBytes();
        if (wish.kind() == UploadKind.PARTIAL) {
            upload.state = (upload.isWhole() ? UploadState.COMPLETE : UploadState.OPEN).word();
        } else {
            SessionEntity session = open(upload, FileDescription.of(wish.metadata()));
            if (wish.kind() == UploadKind.FINAL) {
                join(upload, session, wish.parts());
            }
            if (upload.isWhole()) {
                upload.state = UploadState.COMPLETE.word();
                sessions.finish(upload.id);
            }
        }
        uploads.persist(upload);
        return new Created(upload.read(), token);
    }

    /// A file in a form.
    @Transactional
    Created createForm(FileDescription file) {
        String token = UploadToken.random(random);
        UploadEntity upload = blank(UploadKind.FORM, token);
        open(upload, file);
        uploads.persist(upload);
        return new Created(upload.read(), token);
    }

    private UploadEntity blank(UploadKind kind, String token) {
        int most = config.limits().openUploads();
        if (kind != UploadKind.FINAL && uploads.countOpen() >= most) {
            throw new ProblemException(
                            IngestProblem.TOO_MANY_FILES,
                            "%d are on their way. Finish or terminate one, or wait."
                                    .formatted(most))
                    .retryAfter(FULL_WAIT);
        }
        Instant now = clock.instant();
        var upload = new UploadEntity();
        upload.id = UploadToken.randomSessionId(random);
        upload.kind = kind.word();
        upload.tokenSha256 = UploadToken.sha256(token);
        upload.metadata = "";
        upload.concat = "";
        upload.state = UploadState.OPEN.word();
        upload.createdAt = now;
        upload.expiresAt = now.plus(kind.expiry(config.uploads().expiry()));
        return upload;
    }

    /// Opens the session that an upload fills. Its own token is told to nobody: other bytes than
    /// those of the upload have no business in it.
    private SessionEntity open(UploadEntity upload, FileDescription file) {
        upload.sessionId = upload.id;
        byte[] unknown = UploadToken.sha256(UploadToken.random(random));
        return sessions.open(
                new Opening(upload.id, file.title(), file.mimeType(), false, true, unknown));
    }

    private void join(UploadEntity upload, SessionEntity session, List<String> parts) {
        Map<String, UploadEntity> locked = lock(parts);
        var stored = new ArrayList<ChunkPublisher.Stored>();
        for (String part : parts) {
            UploadEntity partial = Objects.requireNonNull(locked.get(part));
            partial.sessionId = upload.id;
            upload.offsetBytes += partial.offsetBytes;
            for (PieceEntity row : uploads.pieces(part)) {
                Piece piece = row.read();
                var offer = new ChunkOffer(upload.pieceCount, 0, piece.sizeBytes(), piece.sha256());
                stored.add(new ChunkPublisher.Stored(offer, piece.objectKey()));
                upload.pieceCount++;
            }
        }
        if (upload.offsetBytes > config.limits().sessionBytes()) {
            throw TusCreation.tooLarge(config.limits().sessionBytes());
        }
        upload.lengthBytes = upload.offsetBytes;
        chunks.fill(session, stored);
        locked.keySet().forEach(uploads::forgetPieces);
    }

    /// Always in the same order, lest two requests wait for each other.
    private Map<String, UploadEntity> lock(List<String> parts) {
        if (new HashSet<>(parts).size() < parts.size()) {
            throw unfit("A part can be joined only once, and one is named twice.");
        }
        var locked = new HashMap<String, UploadEntity>();
        for (String part : new TreeSet<>(parts)) {
            UploadEntity partial = uploads.lock(part);
            require(partial);
            locked.put(part, partial);
        }
        return locked;
    }

    private void require(UploadEntity partial) {
        UploadState state = partial.read().stateAt(clock.instant());
        if (!partial.kind.equals(UploadKind.PARTIAL.word())) {
            throw unfit("%s was not created as a partial upload.".formatted(partial.id));
        }
        switch (state) {
            case COMPLETE -> {
                if (partial.sessionId != null) {
                    throw unfit("%s is part of another file already.".formatted(partial.id));
                }
            }
            case OPEN -> throw unfit("%s is not complete yet.".formatted(partial.id));
            case TERMINATED, EXPIRED -> throw PatchAnswer.over(state);
        }
    }

    private static ProblemException unfit(String detail) {
        return new ProblemException(IngestProblem.UPLOAD_PART_UNFIT, detail);
    }
}
