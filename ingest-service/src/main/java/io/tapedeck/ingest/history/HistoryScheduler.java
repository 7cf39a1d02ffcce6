package io.tapedeck.ingest.history;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.ingest.session.ChunkLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/// Forgets what has become too old, rows first: objects that a crash leaves are orphans then, and
/// swept. Several processes may do so at once.
@ApplicationScoped
class HistoryScheduler {

    private static final Logger LOG = Logger.getLogger(HistoryScheduler.class);

    private final HistoryPublisher history;
    private final ChunkLog chunks;

    HistoryScheduler(HistoryPublisher history, ChunkLog chunks) {
        this.history = history;
        this.chunks = chunks;
    }

    @Scheduled(
            every = "${tapedeck.ingest.history.every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        try {
            history.sliding().forEach(this::forget);
        } catch (RuntimeException e) {
            LOG.warnf("old chunks stay for now: %s", e.getMessage());
        }
    }

    private void forget(String sessionId) {
        try {
            List<String> objects = history.forget(sessionId);
            while (!objects.isEmpty()) {
                chunks.deleteUnselected(objects);
                objects = history.forget(sessionId);
            }
        } catch (RuntimeException e) {
            LOG.warnf(e, "old chunks stay for now session=%s", sessionId);
        }
    }
}
