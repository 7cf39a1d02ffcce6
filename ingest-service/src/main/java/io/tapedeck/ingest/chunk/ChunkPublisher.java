package io.tapedeck.ingest.chunk;

import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.ingest.session.Knocks;
import io.tapedeck.ingest.session.ReceivedIndexes;
import io.tapedeck.ingest.session.SessionEntity;
import io.tapedeck.ingest.session.SessionPublisher;
import io.tapedeck.ingest.session.SessionRepository;
import io.tapedeck.ingest.session.SessionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Selects chunks and tells of them, in one transaction under the session's lock.
@ApplicationScoped
public class ChunkPublisher {

    private final SessionRepository sessions;
    private final ChunkRepository chunks;
    private final SessionPublisher story;
    private final Knocks knocks;
    private final IngestConfig config;
    private final Clock clock;

    ChunkPublisher(
            SessionRepository sessions,
            ChunkRepository chunks,
            SessionPublisher story,
            Knocks knocks,
            IngestConfig config,
            Clock clock) {
        this.sessions = sessions;
        this.chunks = chunks;
        this.story = story;
        this.knocks = knocks;
        this.config = config;
        this.clock = clock;
    }

    /// What can be said before the bytes are read.
    ///
    /// @param known a chunk is selected under that number: read the bytes to compare, store nothing
    record Outlook(ChunkDecision decision, boolean known) {}

    /// What a client needs to resume.
    ///
    /// @param bytes of all chunks
    record Received(ReceivedIndexes indexes, long bytes) {}

    /// Looks without a lock, so that a lost cause costs little.
    ///
    /// @param authorization must show the session's upload token
    /// @param sizeBytes as announced; 0 when not known
    /// @throws io.tapedeck.chassis.problem.ProblemException unknown session, wrong token
    @Transactional
    Outlook look(
            String sessionId, @Nullable String authorization, long index, int run, long sizeBytes) {
        SessionEntity session = sessions.require(sessionId);
        sessions.requireToken(session, authorization);
        ChunkDecision.Place place = chunks.place(session, index);
        SessionState state = session.read();
        if (state instanceof SessionState.Open) {
            knocks.heard(sessionId, clock.instant());
        }
        return new Outlook(
                ChunkDecision.before(state, place, run, sizeBytes, mostBytes(session)),
                place.existing() != null && !(state instanceof SessionState.Hidden));
    }

    /// Decides for good, and selects and tells when the decision is to store.
    ///
    /// @param objectKey where the bytes are; empty when there are none
    @Transactional
    ChunkDecision publish(String sessionId, ChunkOffer offer, String objectKey) {
        SessionEntity session = sessions.lock(sessionId);
        var decision =
                ChunkDecision.of(
                        session.read(),
                        chunks.place(session, offer.index()),
                        offer,
                        mostBytes(session));
        if (decision instanceof ChunkDecision.Store(boolean resumes)) {
            if (resumes) {
                story.tell(session, SessionEvent.Resumed::new);
            }
            select(session, offer, objectKey);
        }
        return decision;
    }

    /// One of which only the newest is kept is bounded by time, not by size.
    private long mostBytes(SessionEntity session) {
        return session.historySeconds > 0 ? Long.MAX_VALUE : config.limits().sessionBytes();
    }

    /// Adds the next chunk to a session that its door fills alone.
    ///
    /// @param objectKey where the bytes are
    /// @throws io.tapedeck.chassis.problem.ProblemException the session takes none
    @Transactional
    public void append(String sessionId, ChunkOffer offer, String objectKey) {
        ChunkAnswer.accepted(publish(sessionId, offer, objectKey));
    }

    /// A chunk whose bytes are stored.
    public record Stored(ChunkOffer offer, String objectKey) {}

    /// A chunk of another session.
    ///
    /// @param fromIndex its number there
    /// @param chunk as it is to be here
    /// @param storedAt when its bytes were stored
    public record Shared(long fromIndex, Stored chunk, Instant storedAt) {}

    /// Fills a session that this transaction has opened with chunks of another one, whose log it
    /// keeps. Both select the same objects then.
    @Transactional
    public void share(SessionEntity session, String fromSessionId, List<Shared> shared) {
        session.sizeBytes +=
                shared.stream().mapToLong(one -> one.chunk().offer().sizeBytes()).sum();
        chunks.share(session.id, fromSessionId, shared);
        story.tellAll(
                session,
                shared.stream()
                        .map(one ->
                                stored(
                                        one.chunk().offer(),
                                        one.chunk().objectKey(),
                                        one.storedAt()))
                        .toList());
    }

    /// Fills a session that this transaction has opened, and that has no chunk yet.
    @Transactional
    public void fill(SessionEntity session, List<Stored> stored) {
        stored.forEach(chunk -> select(session, chunk.offer(), chunk.objectKey()));
    }

    /// Chunks that came, in order.
    ///
    /// @param fromIndex the first one
    @Transactional
    public List<Stored> stored(String sessionId, long fromIndex, int limit) {
        return chunks
                .find(
                        "sessionId = ?1 and number >= ?2 and sizeBytes > 0 order by number",
                        sessionId,
                        fromIndex)
                .page(0, limit)
                .stream()
                .map(ChunkEntity::stored)
                .toList();
    }

    @Transactional
    Received received(String sessionId, @Nullable String authorization) {
        SessionEntity session = sessions.require(sessionId);
        sessions.requireToken(session, authorization);
        return new Received(chunks.received(sessionId), session.sizeBytes);
    }

    private void select(SessionEntity session, ChunkOffer offer, String objectKey) {
        Instant now = clock.instant();
        if (session.read() instanceof SessionState.Open open) {
            session.write(open.chunkCame(now));
        }
        session.sizeBytes += offer.sizeBytes();
        var chunk = new ChunkEntity();
        chunk.sessionId = session.id;
        chunk.number = offer.index();
        chunk.run = offer.run();
        chunk.objectKey = objectKey;
        chunk.sizeBytes = offer.sizeBytes();
        chunk.sha256 = HexFormat.of().parseHex(offer.sha256());
        chunk.storedAt = now;
        chunks.persist(chunk);
        story.tell(session, stored(offer, objectKey, now));
    }

    private static SessionPublisher.Telling stored(
            ChunkOffer offer, String objectKey, Instant storedAt) {
        return (id, sequence, _) ->
                new SessionEvent.ChunkStored(
                        id,
                        sequence,
                        storedAt,
                        offer.index(),
                        offer.run(),
                        objectKey,
                        offer.sizeBytes(),
                        offer.sha256());
    }
}
