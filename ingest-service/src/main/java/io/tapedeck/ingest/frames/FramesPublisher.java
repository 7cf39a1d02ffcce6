package io.tapedeck.ingest.frames;

import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.chunk.ChunkOffer;
import io.tapedeck.ingest.chunk.ChunkPublisher;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.ingest.session.LifecyclePublisher;
import io.tapedeck.ingest.session.Opening;
import io.tapedeck.ingest.session.UploadToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Changes what a recording of frames is, one transaction for each change.
@ApplicationScoped
class FramesPublisher {

    private static final String MIME_TYPE = "video/x-matroska";

    private final FramesRepository recordings;
    private final LifecyclePublisher sessions;
    private final ChunkPublisher chunks;
    private final Duration lease;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    FramesPublisher(
            FramesRepository recordings,
            LifecyclePublisher sessions,
            ChunkPublisher chunks,
            IngestConfig config,
            Clock clock) {
        this.recordings = recordings;
        this.sessions = sessions;
        this.chunks = chunks;
        this.lease = config.frames().lease();
        this.clock = clock;
    }

    /// Opens a session under a name of its own.
    @Transactional
    String open(String clientId) {
        Instant now = clock.instant();
        String id = UploadToken.randomSessionId(random);
        name(id, clientId, now);
        // Nobody is told its token: other bytes than those of the connection have no business in
        // it.
        byte[] unknown = UploadToken.sha256(UploadToken.random(random));
        sessions.open(new Opening(id, clientId, MIME_TYPE, true, true, unknown));
        return id;
    }

    private void name(String id, String clientId, Instant now) {
        int twin = 0;
        while (!recordings.add(id, RecordingName.of(clientId, now, twin), now.plus(lease))) {
            twin++;
        }
    }

    /// Adds a chunk whose bytes are stored.
    @Transactional
    void append(String sessionId, ChunkOffer offer, String objectKey, FramesChunk chunk) {
        chunks.append(sessionId, offer, objectKey);
        recordings.has(sessionId, chunk.hasPictures(), chunk.hasSound());
    }

    void renew(String sessionId) {
        recordings.renew(sessionId, clock.instant().plus(lease));
    }

    /// Completes it with what came; one of which nothing came is taken away. One that its owner has
    /// deleted waits for what becomes of it.
    @Transactional
    void finish(String sessionId) {
        if (!sessions.staysShown(sessionId)) {
            return;
        }
        SessionEvent.Files files = recordings.files(sessionId);
        if (sessions.finish(sessionId, files) == 0) {
            sessions.abandon(sessionId);
        }
        recordings.complete(sessionId);
    }
}
