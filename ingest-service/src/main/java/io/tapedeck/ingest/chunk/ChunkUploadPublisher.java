package io.tapedeck.ingest.chunk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes one upload from its first byte to its commit.
@ApplicationScoped
class ChunkUploadPublisher {

    private static final Logger LOG = Logger.getLogger(ChunkUploadPublisher.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration STORE_WAIT = Duration.ofSeconds(2);

    private final ChunkPublisher chunks;
    private final AttemptPublisher attempts;
    private final UploadGate gate;
    private final long maxChunkBytes;
    private final Duration uploadTime;
    private final Clock clock;
    private final Counter storedBytes;

    ChunkUploadPublisher(
            ChunkPublisher chunks,
            AttemptPublisher attempts,
            IngestConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.chunks = chunks;
        this.attempts = attempts;
        var limits = config.limits();
        this.gate =
                new UploadGate(
                        Math.min(limits.bufferBytes(), Runtime.getRuntime().maxMemory() / 4),
                        limits.bufferTimeout(),
                        limits.uploadsPerSession());
        this.maxChunkBytes = limits.chunkBytes();
        this.uploadTime = limits.uploadTime();
        this.clock = clock;
        this.storedBytes =
                Counter.builder("tapedeck.ingest.stored")
                        .baseUnit("bytes")
                        .description("Bytes of committed chunks")
                        .register(meters);
    }

    /// What the head of a request says.
    ///
    /// @param sizeBytes as announced; -1 when not
    /// @param sha256 as announced, lower-case hex
    record Upload(String sessionId, long index, int run, long sizeBytes, Optional<String> sha256) {}

    /// Bytes that were read, and where they are.
    ///
    /// @param objectKey empty when nothing was stored
    private record Attempt(ChunkOffer offer, String objectKey) {}

    /// Returns when the chunk is safe.
    ///
    /// @param authorization must show the session's upload token
    /// @return true when it was stored, false when it was there already
    /// @throws ProblemException it was refused; then nothing of it counts
    boolean store(Upload upload, @Nullable String authorization, InputStream body) {
        if (upload.sizeBytes() > maxChunkBytes) {
            throw tooLarge();
        }
        ChunkPublisher.Outlook outlook =
                chunks.look(
                        upload.sessionId(),
                        authorization,
                        upload.index(),
                        upload.run(),
                        Math.max(0, upload.sizeBytes()));
        if (!outlook.known()) {
            ChunkAnswer.accepted(outlook.decision());
        }
        try (UploadGate.Pass _ = enter(upload)) {
            return settle(upload, read(upload, body, outlook.known()));
        }
    }

    private boolean settle(Upload upload, Attempt attempt) {
        if (upload.sha256().filter(hex -> !hex.equals(attempt.offer().sha256())).isPresent()) {
            attempts.discard(attempt.objectKey());
            throw new ProblemException(
                    IngestProblem.DIGEST_MISMATCH,
                    "%d bytes with sha-256 %s arrived. Send the chunk again."
                            .formatted(attempt.offer().sizeBytes(), attempt.offer().sha256()));
        }
        // When this throws, the commit may have happened: the object must stay.
        ChunkDecision decision = publish(upload, attempt);
        if (decision instanceof ChunkDecision.Store) {
            storedBytes.increment(attempt.offer().sizeBytes());
            return true;
        }
        attempts.discard(attempt.objectKey());
        return ChunkAnswer.accepted(decision);
    }

    private ChunkDecision publish(Upload upload, Attempt attempt) {
        try {
            return chunks.publish(upload.sessionId(), attempt.offer(), attempt.objectKey());
        } catch (ProblemException e) {
            // Removed meanwhile. Nothing was committed, and no sweeper knows that session any more.
            attempts.discard(attempt.objectKey());
            throw e;
        }
    }

    /// Reads the bytes to their end, into an object of their own unless they are only compared.
    private Attempt read(Upload upload, InputStream body, boolean compareOnly) {
        var digesting = new DigestingStream(body, maxChunkBytes, clock, uploadTime);
        String key = "";
        try {
            if (compareOnly) {
                digesting.transferTo(OutputStream.nullOutputStream());
            } else {
                key =
                        attempts.store(
                                upload.sessionId(), upload.index(), digesting, upload.sizeBytes());
            }
        } catch (DigestingStream.TooLongException e) {
            throw tooLarge();
        } catch (DigestingStream.TooSlowException e) {
            throw tooSlow();
        } catch (IOException e) {
            throw digesting.failed() ? cutShort() : storeFailed(e);
        }
        var offer =
                new ChunkOffer(
                        upload.index(), upload.run(), digesting.sizeBytes(), digesting.sha256());
        return new Attempt(offer, key);
    }

    private UploadGate.Pass enter(Upload upload) {
        try {
            return switch (gate.enter(upload.sessionId(), upload.sizeBytes())) {
                case UploadGate.Pass pass -> pass;
                case UploadGate.SessionBusy _ ->
                        throw new ProblemException(
                                        IngestProblem.TOO_MANY_UPLOADS,
                                        "Wait for some of the uploads under way to end.")
                                .retryAfter(SOON);
                case UploadGate.Overloaded _ ->
                        throw new ProblemException(
                                        IngestProblem.OVERLOADED, "Send the chunk again soon.")
                                .retryAfter(SOON);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(IngestProblem.OVERLOADED, "The service is stopping.")
                    .retryAfter(STORE_WAIT);
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                        IngestProblem.CHUNK_TOO_LARGE,
                        "Cut smaller chunks: at most %d bytes.".formatted(maxChunkBytes))
                .with("maxBytes", maxChunkBytes);
    }

    private ProblemException tooSlow() {
        return new ProblemException(
                IngestProblem.CHUNK_TOO_SLOW,
                "Cut smaller chunks, or send fewer at once: each has %d s."
                        .formatted(uploadTime.toSeconds()));
    }

    private static ProblemException cutShort() {
        return new ProblemException(
                IngestProblem.CHUNK_CUT_SHORT, "The connection broke. Send the chunk again.");
    }

    private static ProblemException storeFailed(IOException cause) {
        LOG.warnf("chunk not stored: %s", cause.getMessage());
        return new ProblemException(
                        IngestProblem.STORE_UNAVAILABLE,
                        "Nothing is lost: send the same chunk again.")
                .retryAfter(STORE_WAIT);
    }
}
