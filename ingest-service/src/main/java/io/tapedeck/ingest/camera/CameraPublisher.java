package io.tapedeck.ingest.camera;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.camera.CameraLog.LostException;
import io.tapedeck.ingest.chunk.ChunkOffer;
import io.tapedeck.ingest.chunk.ChunkPublisher;
import io.tapedeck.ingest.session.LifecyclePublisher;
import io.tapedeck.ingest.session.Opening;
import io.tapedeck.ingest.session.UploadToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/// Changes what a camera is, one transaction for each change. The camera's row is locked before its
/// session's.
@ApplicationScoped
class CameraPublisher {

    /// Only what comes tells what it is.
    private static final String MIME_TYPE = "application/octet-stream";

    private final CameraRepository cameras;
    private final LifecyclePublisher sessions;
    private final ChunkPublisher chunks;
    private final IngestConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    CameraPublisher(
            CameraRepository cameras,
            LifecyclePublisher sessions,
            ChunkPublisher chunks,
            IngestConfig config,
            Clock clock) {
        this.cameras = cameras;
        this.sessions = sessions;
        this.chunks = chunks;
        this.config = config;
        this.clock = clock;
    }

    /// Adds a camera and opens its session. Whoever looks next will pull it.
    ///
    /// @throws ProblemException there are too many; the count is taken without a lock, so a few
    ///   more may slip through at once
    @Transactional
    CameraEntity add(CameraWish wish) {
        int most = config.cameras().total();
        if (cameras.count() >= most) {
            throw new ProblemException(
                    IngestProblem.TOO_MANY_CAMERAS,
                    "There are %d cameras. Delete one, or raise TAPEDECK_INGEST_CAMERAS_TOTAL."
                            .formatted(most));
        }
        var camera = new CameraEntity();
        camera.id = UploadToken.randomSessionId(random);
        camera.name = wish.name();
        camera.url = wish.url().secret().toString();
        camera.segmentSeconds = wish.segmentSeconds();
        camera.historySeconds = wish.historySeconds();
        camera.createdAt = clock.instant();
        camera.state = CameraStatus.State.CONNECTING.word();
        camera.stateSince = camera.createdAt;
        camera.sessionId = open(camera);
        cameras.persist(camera);
        return camera;
    }

    @Transactional
    List<CameraEntity> all() {
        return cameras.all();
    }

    /// @throws ProblemException it does not exist
    @Transactional
    CameraEntity require(String id) {
        return cameras.findByIdOptional(id).orElseThrow(() -> unknown(id));
    }

    /// Deletes a camera; what came of it becomes a recording like any other.
    ///
    /// @throws ProblemException it does not exist
    @Transactional
    void delete(String id) {
        CameraEntity camera = cameras.lock(id).orElseThrow(() -> unknown(id));
        cameras.delete(camera);
        sessions.end(camera.sessionId);
    }

    /// Adds a chunk whose bytes are stored.
    ///
    /// @return false when an earlier try has added it
    @Transactional(rollbackOn = LostException.class)
    boolean append(
            String cameraId,
            long epoch,
            CameraClaim.Place place,
            ChunkOffer offer,
            String objectKey)
            throws LostException {
        return switch (cameras.advance(cameraId, epoch, place, offer.run())) {
            case NEW -> {
                chunks.append(place.sessionId(), offer, objectKey);
                yield true;
            }
            case KNOWN -> false;
            case LOST -> throw new LostException();
        };
    }

    /// Ends a session that takes no more and opens another one, unless an earlier try has.
    ///
    /// @return the session that the camera has now
    @Transactional(rollbackOn = LostException.class)
    String goOn(String cameraId, long epoch, String endedSessionId) throws LostException {
        CameraEntity camera = cameras.lock(cameraId).orElse(null);
        if (camera == null || camera.epoch != epoch) {
            throw new LostException();
        }
        if (camera.sessionId.equals(endedSessionId)) {
            sessions.end(endedSessionId);
            camera.sessionId = open(camera);
            camera.nextIndex = 0;
            camera.nextRun = 0;
        }
        return camera.sessionId;
    }

    /// The one place where a session of a camera begins.
    private String open(CameraEntity camera) {
        String id = UploadToken.randomSessionId(random);
        // Nobody is told its token: other bytes than those of the camera have no business in it.
        byte[] unknown = UploadToken.sha256(UploadToken.random(random));
        sessions.open(
                new Opening(
                        id,
                        camera.name,
                        MIME_TYPE,
                        true,
                        true,
                        unknown,
                        camera.segmentSeconds,
                        camera.historySeconds));
        return id;
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                IngestProblem.CAMERA_UNKNOWN,
                "No camera has the id %s. GET /api/v1/cameras lists them.".formatted(id));
    }
}
