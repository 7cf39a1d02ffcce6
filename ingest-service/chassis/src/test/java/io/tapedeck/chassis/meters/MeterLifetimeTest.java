package io.tapedeck.chassis.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeterLifetimeTest {

    /// As a process' registry does, over two lives of a service.
    @Test
    void aServiceThatStartsAgainShowsItsOwnGauge() {
        var process = new CompositeMeterRegistry();
        var first = new SimpleMeterRegistry();
        process.add(first);
        gauge(process, new AtomicLong(1));
        new MeterLifetime(process).stop(new ShutdownEvent());
        process.remove(first);

        var second = new SimpleMeterRegistry();
        process.add(second);
        var own = new AtomicLong(2);
        gauge(process, own);

        assertThat(second.get("waiting").gauge().value()).isEqualTo(2);
    }

    private static void gauge(CompositeMeterRegistry registry, AtomicLong object) {
        Gauge.builder("waiting", object, AtomicLong::doubleValue).register(registry);
    }
}
