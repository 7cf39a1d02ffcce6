package io.tapedeck.ingest.camera;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.chunk.AttemptPublisher;
import io.tapedeck.ingest.chunk.ChunkPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/// [CameraLog] in the store and the database: bytes first, then the row that selects them.
@ApplicationScoped
class CameraLogPublisher implements CameraLog {

    private final CameraPublisher cameras;
    private final AttemptPublisher attempts;
    private final Counter storedBytes;

    CameraLogPublisher(CameraPublisher cameras, AttemptPublisher attempts, MeterRegistry meters) {
        this.cameras = cameras;
        this.attempts = attempts;
        this.storedBytes =
                Counter.builder("tapedeck.cameras.stored")
                        .baseUnit("bytes")
                        .description("Bytes of cameras in committed chunks")
                        .register(meters);
    }

    @Override
    public void append(String cameraId, long epoch, CameraClaim.Place place, int run, byte[] bytes)
            throws IOException, LostException {
        ChunkPublisher.Stored chunk =
                attempts.store(place.sessionId(), place.nextIndex(), run, bytes);
        try {
            if (cameras.append(cameraId, epoch, place, chunk.offer(), chunk.objectKey())) {
                storedBytes.increment(bytes.length);
            } else {
                attempts.discard(chunk.objectKey());
            }
        } catch (ProblemException | LostException e) {
            // Nothing was committed. When anything else is thrown, it may have been: then the
            // object must stay.
            attempts.discard(chunk.objectKey());
            throw e;
        }
    }

    @Override
    public String goOn(String cameraId, long epoch, String endedSessionId) throws LostException {
        return cameras.goOn(cameraId, epoch, endedSessionId);
    }
}
