package io.tapedeck.ingest.upload;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.contract.ChunkKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/// Gives up uploads whose client stayed away, and removes what is left of those that are over. Each
/// is decided anew under its lock, so several processes may look at once.
@ApplicationScoped
class ExpiryScheduler {

    private static final Logger LOG = Logger.getLogger(ExpiryScheduler.class);
    private static final int DELETE_BATCH = 500;

    private final UploadRepository rows;
    private final UploadPublisher uploads;
    private final ObjectStore objects;
    private final IngestConfig config;
    private final Clock clock;

    ExpiryScheduler(
            UploadRepository rows,
            UploadPublisher uploads,
            ObjectStore objects,
            IngestConfig config,
            Clock clock) {
        this.rows = rows;
        this.uploads = uploads;
        this.objects = objects;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(
            every = "${tapedeck.ingest.uploads.every:1m}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() {
        Instant now = clock.instant();
        try {
            rows.expired(now).forEach(id -> attempt(id, () -> uploads.expire(id)));
            rows.left().forEach(id -> attempt(id, () -> sweep(id, now)));
            rows.forget(now.minus(config.uploads().expiry()));
        } catch (RuntimeException e) {
            LOG.warnf("uploads cannot be looked at now: %s", e.getMessage());
        }
    }

    /// One bad row must not keep the others.
    private static void attempt(String id, Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "left for the next round upload=%s", id);
        }
    }

    /// An attempt under way may still leave an object behind: the sweeper of orphans gets that,
    /// while the row is there.
    private void sweep(String id, Instant now) {
        try (var found = objects.list(ChunkKeys.session(id))) {
            var batch = new ArrayList<String>(DELETE_BATCH);
            for (String key : (Iterable<String>) found.map(ObjectInfo::key)::iterator) {
                batch.add(key);
                if (batch.size() == DELETE_BATCH) {
                    objects.delete(List.copyOf(batch));
                    batch.clear();
                }
            }
            objects.delete(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.swept(id, now);
    }
}
