package io.tapedeck.ingest.session;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.ingest.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
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

    /// Longer than a tick can be late on a busy machine, and far shorter than any silence that
    /// completes a session.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// Another process, whose clock is late, must not restore what this one removes.
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

    private final SessionRepository sessions;
    private final LifecyclePublisher lifecycle;
    private final ChunkLog chunks;
    private final IngestConfig config;
    private final Clock clock;
    private final Listening listening;

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
        Duration threeTicks = config.silence().every().multipliedBy(3);
        this.listening =
                new Listening(
                        clock,
                        threeTicks.compareTo(LONGEST_PAUSE) > 0 ? threeTicks : LONGEST_PAUSE);
    }

    @Scheduled(
            every = "${tapedeck.ingest.silence.every:2s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void listen() {
        Listening.Moment moment = listening.look();
        Instant now = moment.now();
        var silence = config.silence();
        boolean heard =
                each(
                        () -> sessions.quietSince(now.minus(silence.interruptedAfter())),
                        id -> lifecycle.listen(id, moment));
        heard &=
                each(
                        () -> sessions.leftSince(now.minus(silence.completedAfter())),
                        id -> lifecycle.listen(id, moment));
        if (!heard) {
            listening.failed();
        }
    }

    @Scheduled(
            every = "${tapedeck.ingest.deletion.every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void remove() {
        Instant before = clock.instant().minus(config.deletion().undo()).minus(CLOCKS_DIFFER);
        each(
                () -> sessions.hiddenBefore(before),
                id -> {
                    chunks.release(id);
                    // While the rows are there, somebody knows that the objects must go.
                    chunks.deleteObjects(id);
                    lifecycle.remove(id);
                });
        deleteReleased();
    }

    private void deleteReleased() {
        try {
            chunks.deleteReleased();
        } catch (PersistenceException | UncheckedIOException e) {
            LOG.warnf("shared objects are left for the next round: %s", e.getMessage());
        }
    }

    /// @return false when the sessions could not be looked for; true although some of them failed,
    ///   lest one bad row keeps all others open
    private static boolean each(Supplier<List<String>> due, Consumer<String> what) {
        List<String> ids;
        try {
            ids = due.get();
        } catch (PersistenceException e) {
            LOG.warnf("sessions cannot be looked at now: %s", e.getMessage());
            return false;
        }
        for (String id : ids) {
            try {
                what.accept(id);
            } catch (RuntimeException e) {
                LOG.errorf(e, "left for the next round session=%s", id);
            }
        }
        return true;
    }
}
