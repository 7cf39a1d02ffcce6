package io.tapedeck.playback.demand;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tapedeck.chassis.outbox.Outbox;
import io.tapedeck.playback.PlaybackConfig;
import io.tapedeck.playback.catalog.CatalogRepository;
import io.tapedeck.playback.catalog.SegmentKey;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Asks the workers for windows that somebody waits for, and says when they are there. Any instance
/// may hear the workers, so the rows are looked at again and again while somebody waits: in one
/// query for all windows, whoever waits for them.
@ApplicationScoped
public class DemandRelay {

    private static final Logger LOG = Logger.getLogger(DemandRelay.class);

    private final CatalogRepository catalog;
    private final Outbox outbox;
    private final PlaybackConfig.Demand config;
    private final Clock clock;
    private final Waiting waiting;
    private final Counter wanted;

    /// Somebody began to wait.
    private final Semaphore bell = new Semaphore(0);

    private volatile boolean stopped;

    DemandRelay(
            CatalogRepository catalog,
            Outbox outbox,
            PlaybackConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.catalog = catalog;
        this.outbox = outbox;
        this.config = config.demand();
        this.clock = clock;
        this.waiting =
                new Waiting(
                        new Waiting.Limits(
                                this.config.held(),
                                this.config.heldOfSession(),
                                this.config.wanted(),
                                this.config.wantedOfSession(),
                                this.config.patience()));
        Gauge.builder("tapedeck.playback.held", waiting, Waiting::size)
                .description("Requests for windows that are not rendered yet")
                .register(meters);
        this.wanted =
                Counter.builder("tapedeck.playback.wanted")
                        .description("Windows that workers were asked for")
                        .register(meters);
    }

    void onStart(@Observes StartupEvent event) {
        Thread.ofVirtual().name("demand").start(this::run);
    }

    void onStop(@Observes ShutdownEvent event) {
        stopped = true;
        bell.release();
    }

    /// Waits until a window is decided, while `worthwhile`; asks the workers for it.
    ///
    /// @return how long it took; empty when it was not decided in the time that requests are held,
    ///   or too many wait already
    /// @throws InterruptedException the service stops
    public Optional<Duration> await(SegmentKey key, Worthwhile worthwhile)
            throws InterruptedException {
        Instant begun = clock.instant();
        Optional<Waiting.Place> place = waiting.join(key);
        bell.release();
        if (place.isEmpty()) {
            return Optional.empty();
        }
        CountDownLatch settled = place.get().settled();
        try {
            Instant end = begun.plus(config.patience());
            while (worthwhile.stillSo() && clock.instant().isBefore(end) && !stopped) {
                if (settled.await(config.lookUpEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                    return Optional.of(Duration.between(begun, clock.instant()));
                }
            }
            return Optional.empty();
        } finally {
            waiting.leave(place.get());
        }
    }

    /// Whether somebody still waits, and may hope.
    @FunctionalInterface
    public interface Worthwhile {

        boolean stillSo();
    }

    private void run() {
        while (!stopped) {
            try {
                Set<SegmentKey> keys = waiting.keys();
                if (keys.isEmpty()) {
                    bell.acquire();
                    bell.drainPermits();
                } else {
                    look(keys);
                    Thread.sleep(config.lookEvery());
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(Set<SegmentKey> keys) {
        try {
            Set<SegmentKey> settled =
                    QuarkusTransaction.requiringNew().call(() -> catalog.settled(keys));
            waiting.settled(settled);
            want(waiting.due(clock.instant()));
        } catch (RuntimeException e) {
            LOG.warnf("windows that somebody waits for cannot be looked for: %s", e.getMessage());
        }
    }

    private void want(List<SegmentKey> due) {
        if (due.isEmpty()) {
            return;
        }
        try {
            QuarkusTransaction.requiringNew()
                    .run(() ->
                            due.forEach(key ->
                                    outbox.append(
                                            TranscodeTopics.COMMANDS, key.sessionId(), want(key))));
            wanted.increment(due.size());
        } catch (RuntimeException e) {
            waiting.unwanted(due);
            throw e;
        }
    }

    private TranscodeCommand want(SegmentKey key) {
        return new TranscodeCommand.Want(
                key.sessionId(), clock.instant(), key.rendition(), key.generation(), key.window());
    }
}
