package io.tapedeck.chassis.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends committed messages at once and deletes their rows when the broker has confirmed them.
///
/// One thread sends, so a broker that does not answer never holds up a transaction. When a message
/// fails, or too many wait, the publisher falls *behind*: it lets go of everything, because the
/// rows are still there, and stays quiet until [OutboxRelay] has sent all of them in order.
@ApplicationScoped
class KafkaOutboxPublisher {

    private static final Logger LOG = Logger.getLogger(KafkaOutboxPublisher.class);

    /// More than the greatest transaction leaves (a part of 25,000 chunks that is saved): what is
    /// live must not wait for the relay because of it. Some 15 MB.
    private static final int MAX_WAITING = 30_000;

    private static final int MAX_DELETED_AT_ONCE = 1000;
    private static final long GATHER_MILLIS = 100;
    private static final long RETRY_MILLIS = 1000;
    private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final KafkaOutboxProducer producer;
    private final JdbcOutboxRepository rows;
    private final Counter sent;
    private final Counter failed;

    private final BlockingQueue<OutboxMessage> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final BlockingQueue<Long> confirmed = new LinkedBlockingQueue<>();

    /// Ids that this process holds: waiting, sent, or confirmed with the row still there.
    private final Set<Long> held = ConcurrentHashMap.newKeySet();

    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - WARN_EVERY_NANOS);
    private final List<Thread> threads = new ArrayList<>();

    /// At the start there may be rows of an earlier life: the relay goes first.
    private volatile boolean behind = true;

    private volatile boolean stopped;

    KafkaOutboxPublisher(
            KafkaOutboxProducer producer, JdbcOutboxRepository rows, MeterRegistry meters) {
        this.producer = producer;
        this.rows = rows;
        this.sent =
                Counter.builder("tapedeck.outbox.sent")
                        .description("Messages that the broker confirmed")
                        .register(meters);
        this.failed =
                Counter.builder("tapedeck.outbox.failed")
                        .description("Sends that failed and were left to the relay")
                        .register(meters);
    }

    void onStart(@Observes StartupEvent event) {
        threads.add(Thread.ofPlatform().daemon().name("outbox-send").start(this::sendAll));
        threads.add(Thread.ofVirtual().name("outbox-delete").start(this::deleteAll));
    }

    void onStop(@Observes ShutdownEvent event) {
        stopped = true;
        threads.forEach(Thread::interrupt);
        producer.close();
        var last = new ArrayList<Long>();
        confirmed.drainTo(last);
        deleteQuietly(last);
    }

    /// Takes messages whose transaction has committed. Never blocks, never throws.
    void offer(List<OutboxMessage> messages) {
        for (OutboxMessage message : messages) {
            if (behind) {
                return;
            }
            held.add(message.id());
            if (!waiting.offer(message)) {
                held.remove(message.id());
                behind = true;
            }
        }
    }

    /// Whether rows are left to the relay.
    boolean behind() {
        return behind;
    }

    /// The relay has sent all it saw: messages go out at once again.
    void caughtUp() {
        behind = false;
    }

    /// Ids that the relay must leave alone.
    Set<Long> held() {
        return Set.copyOf(held);
    }

    /// Sends one message.
    ///
    /// @return completes when the broker has confirmed it, or with the failure
    CompletableFuture<@Nullable Void> send(OutboxMessage message) {
        return producer.send(message).whenComplete((ok, failure) -> count(failure));
    }

    private void sendAll() {
        while (!stopped) {
            try {
                OutboxMessage message = waiting.take();
                if (behind) {
                    held.remove(message.id());
                } else {
                    send(message).whenComplete((ok, failure) -> settle(message, failure));
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void settle(OutboxMessage message, @Nullable Throwable failure) {
        if (failure == null) {
            confirmed.add(message.id());
        } else {
            behind = true;
            held.remove(message.id());
        }
    }

    private void count(@Nullable Throwable failure) {
        if (failure == null) {
            sent.increment();
            return;
        }
        failed.increment();
        long last = lastWarning.get();
        long now = System.nanoTime();
        if (now - last >= WARN_EVERY_NANOS && lastWarning.compareAndSet(last, now)) {
            LOG.warnf("messages wait in the outbox: %s", failure.getMessage());
        }
    }

    private void deleteAll() {
        while (!stopped) {
            try {
                var ids = new ArrayList<Long>();
                ids.add(confirmed.take());
                // A delete for each message would double the database's work.
                Thread.sleep(GATHER_MILLIS);
                confirmed.drainTo(ids, MAX_DELETED_AT_ONCE);
                while (!deleteQuietly(ids)) {
                    Thread.sleep(RETRY_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean deleteQuietly(List<Long> ids) {
        if (ids.isEmpty()) {
            return true;
        }
        try {
            rows.delete(ids);
            ids.forEach(held::remove);
            return true;
        } catch (SQLException | RuntimeException e) {
            // The rows stay, and would be sent once more after a restart.
            LOG.debugf("outbox rows not deleted yet: %s", e.getMessage());
            return false;
        }
    }
}
