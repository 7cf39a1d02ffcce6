package io.tapedeck.transcode.history;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.transcode.database.DatabaseException;
import io.tapedeck.transcode.history.JdbcDroppedRepository.Dropped;
import io.tapedeck.transcode.history.JdbcDroppedRepository.Segment;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;

/// Looks after what grows old. Several workers may do so at once: a session is moved by one at a
/// time, and what one removes another finds gone.
@ApplicationScoped
class HistoryRelay {

    private static final Logger LOG = Logger.getLogger(HistoryRelay.class);

    private final JdbcHistoryRepository history;
    private final JdbcDroppedRepository dropped;
    private final ObjectStore objects;

    HistoryRelay(
            JdbcHistoryRepository history, JdbcDroppedRepository dropped, ObjectStore objects) {
        this.history = history;
        this.dropped = dropped;
        this.objects = objects;
    }

    @Scheduled(
            every = "${tapedeck.worker.history.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void slide() {
        try {
            history.sliding().forEach(this::slide);
        } catch (DatabaseException e) {
            report("the history stands still", e);
        }
    }

    /// One bad session must not keep the others.
    private void slide(String session) {
        try {
            history.slide(session);
        } catch (RuntimeException e) {
            LOG.errorf(e, "the history stands still session=%s", session);
        }
    }

    @Scheduled(
            every = "${tapedeck.worker.history.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void remove() {
        try {
            dropped.due().forEach(this::tryToRemove);
        } catch (DatabaseException e) {
            report("old segments stay", e);
        }
    }

    private void tryToRemove(Dropped one) {
        try {
            remove(one);
        } catch (IOException e) {
            LOG.warnf("old segments stay session=%s: %s", one.sessionId(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "old segments stay session=%s", one.sessionId());
        }
    }

    private void remove(Dropped one) throws IOException {
        if (!one.told()) {
            dropped.tell(one);
        }
        List<Segment> segments = dropped.segments(one);
        while (!segments.isEmpty()) {
            objects.delete(
                    segments.stream()
                            .map(Segment::objectKey)
                            .filter(key -> !key.isEmpty())
                            .toList());
            dropped.remove(one, segments);
            segments = dropped.segments(one);
        }
        dropped.finish(one);
    }

    private static void report(String what, DatabaseException e) {
        // One that is away comes back; what it refuses, it refuses every time.
        LOG.logf(e.refused() ? Logger.Level.ERROR : Logger.Level.DEBUG, "%s: %s", what, e);
    }
}
