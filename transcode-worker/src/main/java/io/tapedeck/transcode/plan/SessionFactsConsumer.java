package io.tapedeck.transcode.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Blocking;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.transcode.database.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/// Reads the story of every session. Facts become rows batch by batch; the planning they cause
/// happens beside, in a lane per session, so that no session waits for another one's bytes. A
/// worker that dies between the two leaves a plan that the reconciler wakes.
@ApplicationScoped
class SessionFactsConsumer {

    private static final Logger LOG = Logger.getLogger(SessionFactsConsumer.class);
    private static final long RETRY_MILLIS = 500;

    private final JdbcFactRepository rows;
    private final PlanWaker plans;
    private final ObjectMapper json;
    private final Counter skipped;
    private volatile boolean stopping;

    SessionFactsConsumer(
            JdbcFactRepository rows, PlanWaker plans, ObjectMapper json, MeterRegistry meters) {
        this.rows = rows;
        this.plans = plans;
        this.json = json;
        this.skipped = meters.counter("tapedeck.messages.skipped", "topic", "sessions");
    }

    @Incoming("sessions")
    @Blocking
    void consume(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        List<SessionEvent> facts = read(records);
        if (facts.isEmpty()) {
            return;
        }
        take(facts);
        facts.stream().map(SessionEvent::sessionId).distinct().forEach(plans::wake);
    }

    void onStop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void take(List<SessionEvent> facts) throws InterruptedException {
        while (true) {
            try {
                rows.take(facts);
                return;
            } catch (DatabaseException e) {
                if (e.refused()) {
                    takeWhatIsNotRefused(facts, e);
                    return;
                }
                if (stopping) {
                    throw e;
                }
                LOG.warnf("facts wait for the database facts=%d: %s", facts.size(), e.getMessage());
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    /// One fact that no row can hold must not keep back those around it.
    private void takeWhatIsNotRefused(List<SessionEvent> facts, DatabaseException refusal)
            throws InterruptedException {
        if (facts.size() == 1) {
            skipped.increment();
            LOG.errorf("skipped a fact that makes no sense fact=%s: %s", facts, refusal);
            return;
        }
        for (SessionEvent fact : facts) {
            take(List.of(fact));
        }
    }

    private List<SessionEvent> read(ConsumerRecords<String, byte[]> records) {
        var facts = new ArrayList<SessionEvent>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                facts.add(json.readValue(record.value(), SessionEvent.class));
            } catch (IOException | IllegalArgumentException e) {
                skipped.increment();
                LOG.errorf(
                        "skipped a message that cannot be read topic=%s partition=%d offset=%d: %s",
                        record.topic(), record.partition(), record.offset(), e.getMessage());
            }
        }
        return facts;
    }
}
