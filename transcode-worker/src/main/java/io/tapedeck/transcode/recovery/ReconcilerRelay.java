package io.tapedeck.transcode.recovery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.database.DatabaseException;
import io.tapedeck.transcode.plan.PlanWaker;
import io.tapedeck.transcode.recovery.JdbcDueWorkRepository.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Looks after lost work once a second; of all workers one at a time does.
@ApplicationScoped
class ReconcilerRelay {

    private static final Logger LOG = Logger.getLogger(ReconcilerRelay.class);

    private final JdbcDueWorkRepository rows;
    private final PlanWaker plans;
    private final TapedeckWorkerConfig.Reconcile config;
    private final Duration holePatience;
    private final Clock clock;
    private volatile Waiting waiting = new Waiting(0, 0, 0);
    private final Counter resent;

    ReconcilerRelay(
            JdbcDueWorkRepository rows,
            PlanWaker plans,
            TapedeckWorkerConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.rows = rows;
        this.plans = plans;
        this.config = config.reconcile();
        this.holePatience = config.holePatience();
        this.clock = clock;
        Gauge.builder("tapedeck.segments.due", this, relay -> relay.waiting.segments())
                .description("Windows waiting to be rendered, by any worker")
                .register(meters);
        Gauge.builder("tapedeck.segments.oldest", this, relay -> relay.waiting.oldestSeconds())
                .description("How long the oldest of them has been waiting")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("tapedeck.conversions.due", this, relay -> relay.waiting.conversions())
                .description("Recordings that wait to be converted or are being converted")
                .register(meters);
        this.resent =
                Counter.builder("tapedeck.jobs.resent")
                        .description("Jobs sent again because nobody had finished them")
                        .register(meters);
    }

    @Scheduled(
            every = "${tapedeck.worker.reconcile.every:1s}",
            delayed = "${tapedeck.worker.reconcile.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void reconcile() {
        try {
            rows.round(clock.instant(), config.planPatience(), holePatience, config.batch())
                    .ifPresent(this::report);
        } catch (DatabaseException e) {
            LOG.debugf("nothing reconciled: %s", e.getMessage());
        }
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void measure() {
        try {
            waiting = rows.waiting(clock.instant());
        } catch (DatabaseException e) {
            LOG.debugf("what is waiting was not counted: %s", e.getMessage());
        }
    }

    private void report(JdbcDueWorkRepository.Round round) {
        round.plans().forEach(plans::wake);
        int jobs = round.segments() + round.tasks() + round.conversions();
        if (jobs > 0) {
            resent.increment(jobs);
            LOG.infof(
                    "jobs sent again segments=%d tasks=%d conversions=%d",
                    round.segments(), round.tasks(), round.conversions());
        }
    }
}
