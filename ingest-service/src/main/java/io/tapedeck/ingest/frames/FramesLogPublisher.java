package io.tapedeck.ingest.frames;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.chunk.AttemptPublisher;
import io.tapedeck.ingest.chunk.ChunkPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/// [FramesLog] in the store and the database: bytes first, then the row that selects them.
@ApplicationScoped
class FramesLogPublisher implements FramesLog {

    private final FramesPublisher recordings;
    private final AttemptPublisher attempts;

    FramesLogPublisher(FramesPublisher recordings, AttemptPublisher attempts) {
        this.recordings = recordings;
        this.attempts = attempts;
    }

    @Override
    public String open(String clientId) {
        return recordings.open(clientId);
    }

    @Override
    public void append(String sessionId, FramesChunk chunk) throws IOException {
        ChunkPublisher.Stored stored =
                attempts.store(sessionId, chunk.index(), chunk.run(), chunk.bytes());
        try {
            recordings.append(sessionId, stored.offer(), stored.objectKey(), chunk);
        } catch (ProblemException e) {
            // Nothing was committed. When anything else is thrown, it may have been: then the
            // object must stay.
            attempts.discard(stored.objectKey());
            throw e;
        }
    }

    @Override
    public void renew(String sessionId) {
        recordings.renew(sessionId);
    }

    @Override
    public void finish(String sessionId) {
        recordings.finish(sessionId);
    }
}
