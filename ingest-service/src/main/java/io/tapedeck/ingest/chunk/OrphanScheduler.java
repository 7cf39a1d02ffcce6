package io.tapedeck.ingest.chunk;

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
import java.util.Set;
import org.jboss.logging.Logger;

/// Deletes chunk objects that no row selects and that are too old to be selected still. Only of
/// sessions that have a row: others may be another installation's, in the same bucket.
@ApplicationScoped
class OrphanScheduler {

    private static final Logger LOG = Logger.getLogger(OrphanScheduler.class);
    private static final int BATCH = 500;

    private final ObjectStore objects;
    private final ChunkRepository chunks;
    private final IngestConfig config;
    private final Clock clock;

    OrphanScheduler(ObjectStore objects, ChunkRepository chunks, IngestConfig config, Clock clock) {
        this.objects = objects;
        this.chunks = chunks;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(
            every = "${tapedeck.ingest.orphans.every:1h}",
            delayed = "${tapedeck.ingest.orphans.every:1h}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sweep() {
        Instant newest = clock.instant().minus(config.orphans().safeAge());
        try (var found = objects.list(ChunkKeys.ROOT)) {
            var batch = new ArrayList<String>(BATCH);
            for (ObjectInfo object : (Iterable<ObjectInfo>) found::iterator) {
                if (object.modifiedAt().isBefore(newest)) {
                    batch.add(object.key());
                }
                if (batch.size() == BATCH) {
                    deleteUnselected(batch);
                    batch.clear();
                }
            }
            deleteUnselected(batch);
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("orphans are left for the next round: %s", e.getMessage());
        }
    }

    private void deleteUnselected(List<String> keys) throws IOException {
        if (keys.isEmpty()) {
            return;
        }
        Set<String> orphans = chunks.unselected(keys);
        if (!orphans.isEmpty()) {
            LOG.infof("deleting %d orphaned objects", orphans.size());
            objects.delete(orphans);
        }
    }
}
