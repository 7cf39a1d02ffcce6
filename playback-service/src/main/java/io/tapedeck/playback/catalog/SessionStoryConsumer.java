package io.tapedeck.playback.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.tapedeck.ingest.contract.SessionEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Hears what ingest tells of sessions, in order.
@Startup // so that its numbers are there before the first event
@ApplicationScoped
class SessionStoryConsumer {

    private final StoryConsumer<SessionEvent> consumer;

    SessionStoryConsumer(
            FoldRepository rows, ObjectMapper json, Clock clock, MeterRegistry meters) {
        var fold = new CatalogFold(rows);
        this.consumer =
                new StoryConsumer<>(
                        "sessions",
                        new StoryReader<>(json, SessionEvent.class),
                        SessionEvent::sessionId,
                        SessionEvent::at,
                        fold::take,
                        clock,
                        meters);
    }

    @Incoming("sessions")
    @Blocking
    void take(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        consumer.take(records);
    }

    void onStop(@Observes ShutdownEvent event) {
        consumer.stop();
    }
}
