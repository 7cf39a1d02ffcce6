package io.tapedeck.ingest.upload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.chunk.AttemptPublisher;
import io.tapedeck.ingest.chunk.DigestingStream;
import io.tapedeck.ingest.chunk.UploadGate;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes the bytes of one request, piece by piece, each from its first byte to its commit.
@ApplicationScoped
class UploadStreamPublisher {

    private static final Logger LOG = Logger.getLogger(UploadStreamPublisher.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration STORE_WAIT = Duration.ofSeconds(2);

    private final UploadPublisher uploads;
    private final AttemptPublisher attempts;
    private final ObjectStore objects;
    private final UploadGate gate;
    private final IngestConfig config;
    private final Clock clock;
    private final Counter storedBytes;

    UploadStreamPublisher(
            UploadPublisher uploads,
            AttemptPublisher attempts,
            ObjectStore objects,
            IngestConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.uploads = uploads;
        this.attempts = attempts;
        this.objects = objects;
        this.config = config;
        this.clock = clock;
        // Beside the room for recorders, who cannot wait: half as much.
        long buffers =
                Math.min(config.limits().bufferBytes(), Runtime.getRuntime().maxMemory() / 4);
        this.gate =
                new UploadGate(
                        buffers / 2,
                        config.uploads().bufferTimeout(),
                        config.limits().uploadsPerSession());
        this.storedBytes =
                Counter.builder("tapedeck.ingest.stored")
                        .baseUnit("bytes")
                        .description("Bytes of committed chunks")
                        .register(meters);
    }

    /// Stores what comes until it ends, and keeps what came until it breaks.
    ///
    /// @param claimed where the upload stands, and who may append
    /// @throws ProblemException what came so far is kept all the same
    Progress receive(Progress claimed, ArrivingBytes body) {
        Progress now = claimed;
        while (!body.isAtEnd()) {
            Piece piece = store(now, body, config.uploads().pieceTime());
            now = commit(now, List.of(piece));
        }
        if (body.wasCut()) {
            throw stalled(now, body);
        }
        return now;
    }

    /// Stores all of it if it digests to what was announced, else nothing.
    Progress receiveChecked(Progress claimed, ArrivingBytes body, UploadChecksum checksum) {
        // A sweeper takes objects that no row selects for orphans when they are older.
        Instant deadline = clock.instant().plus(config.orphans().safeAge().dividedBy(2));
        var pieces = new ArrayList<Piece>();
        try {
            Progress now = claimed;
            while (!body.isAtEnd()) {
                if (clock.instant().isAfter(deadline)) {
                    throw checkedTooSlow();
                }
                Piece piece = store(now, body, Duration.between(clock.instant(), deadline));
                pieces.add(piece);
                now = ahead(now, piece);
            }
            if (body.wasCut()) {
                throw stalled(claimed, body);
            }
            if (!checksum.fits()) {
                throw new ProblemException(
                        IngestProblem.CHECKSUM_MISMATCH,
                        "Nothing of this request is kept. Send it again.");
            }
        } catch (ProblemException e) {
            pieces.forEach(piece -> attempts.discard(piece.objectKey()));
            throw e;
        }
        return pieces.isEmpty() ? claimed : commit(claimed, pieces);
    }

    /// Where an upload would stand with one more piece.
    private static Progress ahead(Progress now, Piece piece) {
        Upload upload = now.upload();
        long offset = upload.offsetBytes() + piece.sizeBytes() - now.tailBytes();
        return new Progress(upload.at(offset, upload.pieceCount() + 1), null, List.of());
    }

    private Progress commit(Progress now, List<Piece> pieces) {
        Upload upload = now.upload();
        Progress then;
        try {
            then = uploads.append(upload.id(), upload.writer(), pieces);
        } catch (ProblemException e) {
            // Nothing was committed. When anything else is thrown, the commit may have happened:
            // then the objects must stay.
            pieces.forEach(piece -> attempts.discard(piece.objectKey()));
            throw e;
        }
        storedBytes.increment(then.upload().offsetBytes() - upload.offsetBytes());
        then.replaced().forEach(attempts::discard);
        return then;
    }

    private Piece store(Progress now, ArrivingBytes body, Duration patience) {
        Upload upload = now.upload();
        long room = upload.roomBytes(config.limits().sessionBytes());
        if (room == 0) {
            throw full(upload);
        }
        long most = Math.min(room, config.uploads().pieceBytes() - now.tailBytes());
        var bytes = new PieceStream(body, most, clock, patience);
        try (UploadGate.Pass _ = enter(upload);
                InputStream tail = open(now.tail())) {
            var digesting =
                    new DigestingStream(
                            new SequenceInputStream(tail, bytes),
                            config.uploads().pieceBytes(),
                            clock,
                            // Only whoever sends decides how long it takes.
                            Duration.ofDays(1));
            String key = attempts.store(upload.id(), upload.pieceCount(), digesting, -1);
            var piece = new Piece(key, digesting.sizeBytes(), digesting.sha256());
            if (piece.sizeBytes() - now.tailBytes() == room && !body.isAtEnd()) {
                attempts.discard(key);
                throw full(upload);
            }
            return piece;
        } catch (IOException e) {
            LOG.warnf("piece not stored: %s", e.getMessage());
            throw new ProblemException(
                            IngestProblem.STORE_UNAVAILABLE,
                            "What was acknowledged is safe. Ask with HEAD, and go on from there.")
                    .retryAfter(STORE_WAIT);
        }
    }

    private ProblemException full(Upload upload) {
        long most = config.limits().sessionBytes();
        return upload.lengthBytes() == null
                ? TusCreation.tooLarge(most)
                : PatchAnswer.overlong(upload.roomBytes(most));
    }

    private InputStream open(@Nullable Piece tail) throws IOException {
        return tail == null
                ? InputStream.nullInputStream()
                : objects.open(tail.objectKey(), 0, tail.sizeBytes());
    }

    /// Each request for itself: one whose client is gone, but not its connection, must not keep out
    /// the one that goes on.
    private UploadGate.Pass enter(Upload upload) {
        try {
            if (gate.enter(String.valueOf(upload.writer()), -1) instanceof UploadGate.Pass pass) {
                return pass;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                        IngestProblem.UPLOAD_BUSY,
                        "What came is kept. Ask with HEAD, and go on from there soon.")
                .retryAfter(SOON);
    }

    private static ProblemException stalled(Progress now, ArrivingBytes body) {
        String why = Optional.ofNullable(body.failure()).map(Throwable::getMessage).orElse("cut");
        LOG.debugf("upload=%s cut at=%d: %s", now.upload().id(), now.upload().offsetBytes(), why);
        return new ProblemException(
                        IngestProblem.UPLOAD_STALLED,
                        "What came is kept. Go on from offset %d."
                                .formatted(now.upload().offsetBytes()))
                .with("offset", now.upload().offsetBytes())
                .retryAfter(SOON);
    }

    private ProblemException checkedTooSlow() {
        return new ProblemException(
                IngestProblem.CHECKED_TOO_SLOW,
                "Nothing of this request is kept. Send less under one checksum: it has %d s."
                        .formatted(config.orphans().safeAge().dividedBy(2).toSeconds()));
    }
}
