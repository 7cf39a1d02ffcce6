package io.tapedeck.ingest.history;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.chunk.ChunkEntity;
import io.tapedeck.ingest.chunk.ChunkOffer;
import io.tapedeck.ingest.chunk.ChunkPublisher;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.ingest.history.SavedPart.LogChunk;
import io.tapedeck.ingest.session.LifecyclePublisher;
import io.tapedeck.ingest.session.LogLockRepository;
import io.tapedeck.ingest.session.Opening;
import io.tapedeck.ingest.session.SessionEntity;
import io.tapedeck.ingest.session.SessionPublisher;
import io.tapedeck.ingest.session.SessionRepository;
import io.tapedeck.ingest.session.SessionState;
import io.tapedeck.ingest.session.UploadToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Forgets chunks, and saves some before they are forgotten, one transaction for each.
@ApplicationScoped
public class HistoryPublisher {

    /// Chunks that are forgotten in one transaction.
    private static final int BATCH = 1000;

    private final SessionRepository sessions;
    private final LogLockRepository locks;
    private final HistoryRepository history;
    private final LifecyclePublisher lifecycle;
    private final ChunkPublisher chunks;
    private final SessionPublisher story;
    private final IngestConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    HistoryPublisher(
            SessionRepository sessions,
            LogLockRepository locks,
            HistoryRepository history,
            LifecyclePublisher lifecycle,
            ChunkPublisher chunks,
            SessionPublisher story,
            IngestConfig config,
            Clock clock) {
        this.sessions = sessions;
        this.locks = locks;
        this.history = history;
        this.lifecycle = lifecycle;
        this.chunks = chunks;
        this.story = story;
        this.config = config;
        this.clock = clock;
    }

    @Transactional
    List<String> sliding() {
        return history.sliding();
    }

    /// Deletes the rows of some chunks of an open session that are too old, the oldest first. The
    /// last one stays, and with it the first one of its run.
    ///
    /// @return where their bytes are; empty when none is too old, or somebody is saving a part
    @Transactional
    List<String> forget(String sessionId) {
        if (!locks.tryTake(sessionId)) {
            return List.of();
        }
        SessionEntity session = sessions.findById(sessionId, LockModeType.PESSIMISTIC_WRITE);
        if (session == null
                || session.historySeconds == 0
                || !(session.read() instanceof SessionState.Open)) {
            return List.of();
        }
        Instant before =
                clock.instant()
                        .minus(Duration.ofSeconds(session.historySeconds))
                        .minus(config.history().margin());
        return history.cut(sessionId, before, BATCH)
                .map(below -> forget(session, below))
                .orElse(List.of());
    }

    private List<String> forget(SessionEntity session, long below) {
        List<HistoryRepository.Gone> gone = history.forget(session.id, below);
        if (gone.isEmpty()) {
            return List.of();
        }
        long bytes = gone.stream().mapToLong(HistoryRepository.Gone::sizeBytes).sum();
        session.sizeBytes -= bytes;
        session.forgottenBytes += bytes;
        session.forgottenBelow = below;
        story.tell(
                session,
                (id, sequence, at) -> new SessionEvent.ChunksForgotten(id, sequence, at, below));
        return gone.stream()
                .map(HistoryRepository.Gone::objectKey)
                .filter(key -> !key.isEmpty())
                .toList();
    }

    /// Makes a recording of what was stored of a session in some time. Both select the same
    /// objects, which stay as long as either needs them.
    ///
    /// @param lead of its first run as much before is saved too, if it is there
    /// @param title what a person calls it
    /// @return the recording, complete
    /// @throws ProblemException the session is not there, or nothing or too much of it is of that
    ///   time
    @Transactional
    public SessionEntity save(
            String sessionId, Duration lead, Instant from, Instant to, String title) {
        // Not its row: a long part takes seconds, and its camera needs that for each chunk.
        locks.keep(sessionId);
        SessionEntity source = sessions.require(sessionId);
        if (!(source.read() instanceof SessionState.Shown)) {
            throw new ProblemException(
                    IngestProblem.SESSION_DELETED, "It was deleted. Restore it first.");
        }
        List<ChunkPublisher.Shared> shared = shared(sessionId, lead, from, to);
        byte[] unknown = UploadToken.sha256(UploadToken.random(random));
        SessionEntity saved =
                lifecycle.open(
                        new Opening(
                                UploadToken.randomSessionId(random),
                                title,
                                source.mimeType,
                                false,
                                true,
                                unknown));
        chunks.share(saved, sessionId, shared);
        lifecycle.finish(saved.id);
        return saved;
    }

    /// Where the bytes of the header are of the run that a part begins with.
    @Transactional
    Optional<String> header(String sessionId, Instant from, Instant to) {
        return history.stored(sessionId, from, to, 1).stream()
                .flatMap(chunk -> history.firsts(sessionId, List.of(chunk.run)).stream())
                .map(chunk -> chunk.objectKey)
                .findFirst();
    }

    private List<ChunkPublisher.Shared> shared(
            String sessionId, Duration lead, Instant from, Instant to) {
        List<ChunkEntity> stored = stored(sessionId, lead, from, to);
        List<LogChunk> part =
                SavedPart.led(stored.stream().map(HistoryPublisher::logged).toList(), from);
        if (part.isEmpty()) {
            throw new ProblemException(
                    IngestProblem.PART_EMPTY,
                    "Nothing was recorded from %s to %s, or it is not kept any more."
                            .formatted(from, to));
        }
        List<Integer> runs = part.stream().map(LogChunk::run).distinct().toList();
        List<ChunkEntity> firsts = history.firsts(sessionId, runs);
        Map<Long, ChunkEntity> rows = new HashMap<>();
        firsts.forEach(chunk -> rows.put(chunk.number, chunk));
        stored.forEach(chunk -> rows.put(chunk.number, chunk));
        return SavedPart.of(part, firsts.stream().map(HistoryPublisher::logged).toList()).stream()
                .map(place -> shared(rows, place))
                .toList();
    }

    private List<ChunkEntity> stored(String sessionId, Duration lead, Instant from, Instant to) {
        int most = config.history().savedChunks();
        List<ChunkEntity> stored = history.stored(sessionId, from.minus(lead), to, most + 1);
        if (stored.size() > most) {
            throw new ProblemException(
                    IngestProblem.PART_TOO_LONG,
                    "Save it in parts: from %s to %s, and from there on."
                            .formatted(from, stored.get(most - 1).storedAt));
        }
        return stored;
    }

    private static ChunkPublisher.Shared shared(
            Map<Long, ChunkEntity> rows, SavedPart.Place place) {
        ChunkEntity row = Objects.requireNonNull(rows.get(place.from().index()));
        var offer =
                new ChunkOffer(
                        place.index(),
                        place.run(),
                        row.sizeBytes,
                        HexFormat.of().formatHex(row.sha256));
        return new ChunkPublisher.Shared(
                row.number, new ChunkPublisher.Stored(offer, row.objectKey), row.storedAt);
    }

    private static LogChunk logged(ChunkEntity row) {
        return new LogChunk(row.number, row.run, row.storedAt);
    }
}
