package io.tapedeck.transcode.plan;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.chunk.ChunkObjects;
import io.tapedeck.transcode.ladder.Ladder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Puts planning together.
@ApplicationScoped
class PlanConfig {

    @Produces
    @Singleton
    PlanWaker planWaker(
            JdbcPlanRepository plans,
            ObjectStore objects,
            TapedeckWorkerConfig config,
            Clock clock,
            MeterRegistry meters) {
        var waker =
                new PlanWaker(
                        new SessionPlanner(
                                plans,
                                new ChunkObjects(objects),
                                new RemovedSession(plans, objects),
                                new PlanRules(
                                        new Ladder(config.ladder()),
                                        config.passthrough(),
                                        config.holePatience()),
                                clock),
                        config.plannerSlots());
        meters.gauge("tapedeck.plans.waiting", waker, PlanWaker::waiting);
        return waker;
    }

    void onStop(@Observes ShutdownEvent event, PlanWaker waker) {
        waker.close();
    }
}
