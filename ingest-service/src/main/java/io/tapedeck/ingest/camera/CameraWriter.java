package io.tapedeck.ingest.camera;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.camera.CameraClaim.Place;
import io.tapedeck.ingest.camera.CameraLog.LostException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes chunks of what came from one camera, each exactly once and for as long as it takes. A
/// run's header waits for the first media: who only says hello makes no run.
///
/// For one thread at a time, but for [#trouble].
final class CameraWriter {

    private static final System.Logger LOG = System.getLogger(CameraWriter.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int TRIES_UNTOLD = 3;
    private static final int TRIES_BETWEEN_WORDS = 30;

    /// Then what came goes on in another session.
    private static final Set<IngestProblem> ENDED =
            Set.of(
                    IngestProblem.SESSION_FULL,
                    IngestProblem.SESSION_CLOSED,
                    IngestProblem.SESSION_DELETED,
                    IngestProblem.SESSION_UNKNOWN);

    private final CameraClaim claim;
    private final CameraLog log;
    private final CameraRules rules;
    private Place place;
    private byte @Nullable [] header;
    private int run = -1;
    private long runBeganNanos;
    private volatile CameraStatus.@Nullable Problem trouble;

    CameraWriter(CameraClaim claim, CameraLog log, CameraRules rules) {
        this.claim = claim;
        this.log = log;
        this.rules = rules;
        this.place = claim.place();
    }

    /// Why nothing can be stored just now; null when it can.
    CameraStatus.@Nullable Problem trouble() {
        return trouble;
    }

    void write(CameraBuffer.Piece piece) throws LostException, InterruptedException {
        switch (piece.kind()) {
            case HEADER -> {
                header = piece.bytes();
                run = -1;
            }
            case MEDIA -> media(piece.bytes());
        }
    }

    private void media(byte[] bytes) throws LostException, InterruptedException {
        if (bytes.length == 0) {
            return;
        }
        boolean stored = false;
        while (!stored) {
            if (rules.isFull(place, claim.slides())) {
                goOn();
            }
            if (run >= 0 && System.nanoTime() - runBeganNanos >= rules.longestRun().toNanos()) {
                run = -1;
            }
            stored = (run >= 0 || begin()) && append(run, bytes);
        }
    }

    /// Begins a run.
    ///
    /// @return false when there is another session first
    private boolean begin() throws LostException, InterruptedException {
        byte[] bytes = header;
        if (bytes == null) {
            throw new IllegalStateException("media without a header");
        }
        int next = place.nextRun();
        if (!append(next, bytes)) {
            return false;
        }
        run = next;
        runBeganNanos = System.nanoTime();
        return true;
    }

    /// @return false when the session took it not, and there is another one now
    private boolean append(int ofRun, byte[] bytes) throws LostException, InterruptedException {
        boolean taken =
                persist(() -> {
                    try {
                        log.append(claim.id(), claim.epoch(), place, ofRun, bytes);
                        return true;
                    } catch (ProblemException e) {
                        if (!hasEnded(e)) {
                            throw e;
                        }
                        return false;
                    }
                });
        if (taken) {
            place = place.afterChunk(ofRun);
        } else {
            goOn();
        }
        return taken;
    }

    /// A session that is full from the beginning would be followed by others like it, without end.
    private boolean hasEnded(ProblemException refusal) {
        return refusal.kind() instanceof IngestProblem problem
                && ENDED.contains(problem)
                && (problem != IngestProblem.SESSION_FULL || place.nextIndex() > 1);
    }

    private void goOn() throws LostException, InterruptedException {
        String ended = place.sessionId();
        place = Place.beginning(persist(() -> log.goOn(claim.id(), claim.epoch(), ended)));
        run = -1;
    }

    /// Something that the store or the database may spoil.
    private interface Step<T> {
        T run() throws IOException, LostException;
    }

    /// Tries again and again. Meanwhile what comes is kept, and then nothing is read.
    private <T> T persist(Step<T> step) throws LostException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            try {
                T result = step.run();
                trouble = null;
                return result;
            } catch (ProblemException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (tries % TRIES_BETWEEN_WORDS == 1) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "tried again and again camera={0}: {1}",
                            claim.id(),
                            e);
                }
                if (tries >= TRIES_UNTOLD) {
                    trouble =
                            new CameraStatus.Problem(
                                    IngestProblem.STORE_UNAVAILABLE.code(),
                                    "What comes cannot be stored just now. It is kept in memory for"
                                            + " a while; then the camera has to wait.");
                }
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
            if (pause.compareTo(LONGEST_PAUSE) > 0) {
                pause = LONGEST_PAUSE;
            }
        }
    }
}
