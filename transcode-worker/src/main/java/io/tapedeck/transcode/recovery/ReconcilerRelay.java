package io.tapedeck.transcode.recovery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.database.DatabaseException;
import io.tapedeck.transcode.plan.PlanWaker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// Looks after lost work once a second; of all workers one at a time does.
@ApplicationScoped
class ReconcilerRelay {

    private static final Logger LOG = Logger.getLogger(ReconcilerRelay.class);

    private final JdbcDueWorkRepository rows;
    private final PlanWaker plans;
    private final TapedeckWorkerConfig.Reconcile config;
    private final Clock clock;
    private final AtomicLong due = new AtomicLong();
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
        this.clock = clock;
        Gauge.builder("tapedeck.segments.due", due, AtomicLong::doubleValue)
                .description("Windows waiting to be rendered, by any worker")
                .register(meters);
        this.resent =
                Counter.builder("tapedeck.jobs.resent")
                        .description("Jobs sent again because nobody had finished them")
                        .register(meters);
    }

    @Scheduled(
            every = "${tapedeck.worker.reconcile.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void reconcile() {
        try {
            rows.round(clock.instant(), config.planPatience(), config.batch())
                    .ifPresent(this::report);
        } catch (DatabaseException e) {
            LOG.debugf("nothing reconciled: %s", e.getMessage());
        }
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void measure() {
        try {
            due.set(rows.dueSegments());
        } catch (DatabaseException e) {
            LOG.debugf("due segments not counted: %s", e.getMessage());
        }
    }

    private void report(JdbcDueWorkRepository.Round round) {
        round.plans().forEach(plans::wake);
        int jobs = round.segments() + round.tasks();
        if (jobs > 0) {
            resent.increment(jobs);
            LOG.infof("jobs sent again segments=%d tasks=%d", round.segments(), round.tasks());
        }
    }
}
