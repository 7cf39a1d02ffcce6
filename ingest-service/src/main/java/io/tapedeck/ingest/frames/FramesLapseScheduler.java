package io.tapedeck.ingest.frames;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;

/// Completes what a process left behind that died. Each is decided anew under its lock, so several
/// processes may look at once.
@ApplicationScoped
class FramesLapseScheduler {

    private static final Logger LOG = Logger.getLogger(FramesLapseScheduler.class);

    private final FramesRepository recordings;
    private final FramesPublisher publisher;
    private final FramesSocket socket;
    private final Clock clock;

    FramesLapseScheduler(
            FramesRepository recordings,
            FramesPublisher publisher,
            FramesSocket socket,
            Clock clock) {
        this.recordings = recordings;
        this.publisher = publisher;
        this.socket = socket;
        this.clock = clock;
    }

    @Scheduled(
            every = "${tapedeck.ingest.frames.every:5s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() {
        try {
            for (String session : recordings.lapsed(clock.instant())) {
                if (!socket.fills(session)) {
                    finish(session);
                }
            }
        } catch (RuntimeException e) {
            LOG.warnf("recordings cannot be looked at now: %s", e.getMessage());
        }
    }

    /// One bad row must not keep the others.
    private void finish(String session) {
        try {
            publisher.finish(session);
        } catch (RuntimeException e) {
            LOG.errorf(e, "left for the next round session=%s", session);
        }
    }
}
