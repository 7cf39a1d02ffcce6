package io.tapedeck.ingest.camera;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.ingest.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/// This process' keeper, and its clockwork.
@ApplicationScoped
class CameraScheduler {

    private static final Logger LOG = Logger.getLogger(CameraScheduler.class);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final CameraKeeper keeper;
    private final boolean pulls;

    CameraScheduler(
            CameraRepository leases,
            CameraFeeds feeds,
            CameraLogPublisher log,
            IngestConfig config,
            Clock clock,
            MeterRegistry meters) {
        var cameras = config.cameras();
        var limits = config.limits();
        this.pulls = cameras.pull();
        this.keeper =
                new CameraKeeper(
                        leases,
                        feeds,
                        log,
                        new CameraBuffer.Memory(
                                Math.min(
                                        cameras.bufferBytes(),
                                        Runtime.getRuntime().maxMemory() / 6)),
                        new CameraRules(
                                cameras.lease(),
                                cameras.perInstance(),
                                limits.sessionChunks(),
                                cameras.slidingChunks(),
                                limits.runs(),
                                cameras.longestRun()),
                        clock);
        Gauge.builder("tapedeck.cameras.online", keeper, CameraKeeper::online)
                .description("Cameras that send to this process")
                .register(meters);
        FunctionCounter.builder("tapedeck.cameras.reconnects", keeper, CameraKeeper::failures)
                .description("Times a camera failed and is tried again")
                .register(meters);
    }

    @Scheduled(
            every = "${tapedeck.ingest.cameras.every:1s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() {
        if (!pulls) {
            return;
        }
        try {
            keeper.look();
        } catch (RuntimeException e) {
            LOG.warnf("cameras cannot be looked at now: %s", e.getMessage());
        }
    }

    /// Apart from the other, which may wait for the database.
    @Scheduled(
            every = "${tapedeck.ingest.cameras.every:1s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void fence() {
        keeper.fence();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        keeper.stop(GOODBYE);
    }
}
