package io.tapedeck.chassis.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends what was left behind, oldest first. Of all relays of a schema one works at a time: each
/// page is a transaction under an advisory lock.
///
/// There from the start, so that its measure never is missing.
@ApplicationScoped
@Startup
class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    private final JdbcOutboxRepository rows;
    private final KafkaOutboxPublisher publisher;
    private final OutboxConfig config;
    private final AtomicLong pending = new AtomicLong();

    OutboxRelay(
            JdbcOutboxRepository rows,
            KafkaOutboxPublisher publisher,
            OutboxConfig config,
            MeterRegistry meters) {
        this.rows = rows;
        this.publisher = publisher;
        this.config = config;
        Gauge.builder("tapedeck.outbox.pending", pending, AtomicLong::doubleValue)
                .description("Messages not yet confirmed by the broker")
                .register(meters);
    }

    @Scheduled(
            every = "${tapedeck.outbox.relay-every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void relay() throws InterruptedException {
        try {
            if (!publisher.behind()) {
                drain(config.leftBehindAfter());
            } else if (publisher.held().isEmpty() && drain(Duration.ZERO)) {
                publisher.caughtUp();
                // What was committed between the last page and this moment.
                drain(Duration.ZERO);
            } else {
                LOG.debug("outbox is behind");
            }
        } catch (SQLException e) {
            LOG.warnf("outbox cannot be read: %s", e.getMessage());
        }
    }

    /// Sends page after page. Answers whether nothing sendable of that age is left.
    private boolean drain(Duration minAge) throws SQLException, InterruptedException {
        long afterId = 0;
        while (true) {
            try (Connection connection = rows.open()) {
                pending.set(rows.count(connection));
                if (pending.get() == 0) {
                    return true;
                }
                if (!rows.tryLock(connection)) {
                    return false;
                }
                List<OutboxMessage> page =
                        rows.page(
                                connection, afterId, minAge, publisher.held(), config.relayBatch());
                boolean sentAll = send(connection, page);
                connection.commit();
                if (!sentAll || page.isEmpty()) {
                    return sentAll;
                }
                afterId = page.getLast().id();
            }
        }
    }

    /// Sends a page and deletes what the broker confirmed. A message that can never be sent is left
    /// and does not hold up the others.
    private boolean send(Connection connection, List<OutboxMessage> page)
            throws SQLException, InterruptedException {
        Map<Long, CompletableFuture<@Nullable Void>> answers = new LinkedHashMap<>();
        for (OutboxMessage message : page) {
            CompletableFuture<@Nullable Void> answer = publisher.send(message);
            answers.put(message.id(), answer);
            if (answer.isCompletedExceptionally() && mayWorkLater(answer.exceptionNow())) {
                break;
            }
        }
        var confirmed = new ArrayList<Long>();
        boolean retry = false;
        for (var answer : answers.entrySet()) {
            try {
                answer.getValue().get();
                confirmed.add(answer.getKey());
            } catch (ExecutionException e) {
                retry |= mayWorkLater(e.getCause());
            }
        }
        rows.delete(connection, confirmed);
        return !retry && answers.size() == page.size();
    }

    /// Whatever is not the message's own fault.
    private static boolean mayWorkLater(@Nullable Throwable failure) {
        return !(failure instanceof RecordTooLargeException
                || failure instanceof InvalidTopicException);
    }
}
