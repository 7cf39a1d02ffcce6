package io.tapedeck.ingest.session;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.ingest.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Notices what nobody says: silence, and the end of the undo time. Each session is decided anew
/// under its lock, so several processes may look at once.
@ApplicationScoped
class LifecycleScheduler {

    private static final Logger LOG = Logger.getLogger(LifecycleScheduler.class);

    private final SessionRepository sessions;
    private final LifecyclePublisher lifecycle;
    private final ChunkLog chunks;
    private final IngestConfig config;
    private final Clock clock;

    LifecycleScheduler(
            SessionRepository sessions,
            LifecyclePublisher lifecycle,
            ChunkLog chunks,
            IngestConfig config,
            Clock clock) {
        this.sessions = sessions;
        this.lifecycle = lifecycle;
        this.chunks = chunks;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(
            every = "${tapedeck.ingest.silence.every:2s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void listen() {
        Instant now = clock.instant();
        var silence = config.silence();
        each(
                () -> sessions.quietSince("recording", now.minus(silence.interruptedAfter())),
                lifecycle::listen);
        each(
                () -> sessions.quietSince("interrupted", now.minus(silence.completedAfter())),
                lifecycle::listen);
    }

    @Scheduled(
            every = "${tapedeck.ingest.deletion.every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void remove() {
        Instant before = clock.instant().minus(config.deletion().undo());
        each(
                () -> sessions.hiddenBefore(before),
                id -> {
                    if (lifecycle.remove(id)) {
                        chunks.deleteObjects(id);
                    }
                });
    }

    private static void each(Supplier<List<String>> due, Consumer<String> what) {
        List<String> ids;
        try {
            ids = due.get();
        } catch (PersistenceException e) {
            LOG.warnf("sessions cannot be looked at now: %s", e.getMessage());
            return;
        }
        for (String id : ids) {
            try {
                what.accept(id);
            } catch (RuntimeException e) {
                LOG.errorf(e, "left for the next round session=%s", id);
            }
        }
    }
}
