package io.tapedeck.chassis.meters;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Lets meters end with the service that registered them.
///
/// The registry belongs to the process, and knows a gauge's object only weakly. When a service
/// starts again in the same process (live reload, tests), it would be handed the gauge of the one
/// before, whose object is gone, and its own would never be shown.
@ApplicationScoped
class MeterLifetime {

    private final MeterRegistry meters;

    MeterLifetime(MeterRegistry meters) {
        this.meters = meters;
    }

    void stop(@Observes ShutdownEvent event) {
        meters.clear();
    }
}
