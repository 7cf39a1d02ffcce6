package io.tapedeck.playback.catalog;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.tapedeck.playback.catalog.StoryReader.UnreadableException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/// Takes records of one topic, as many in one transaction as came together, and gives none up that
/// may still work: while the database is away it waits. What can never work is counted, logged and
/// left out, because it would stop every session behind it.
final class StoryConsumer<E> {

    private static final Logger LOG = Logger.getLogger(StoryConsumer.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /// A row refused for what is in it may be a collision with another instance just after a
    /// rebalance; refused this often, it is the record.
    private static final int REFUSALS = 2;

    private final String story;
    private final StoryReader<E> reader;
    private final Function<E, String> session;
    private final Function<E, Instant> told;
    private final Consumer<E> taker;
    private final Clock clock;
    private final Counter taken;
    private final Counter left;
    private final Timer delay;
    private volatile boolean stopped;

    StoryConsumer(
            String story,
            StoryReader<E> reader,
            Function<E, String> session,
            Function<E, Instant> told,
            Consumer<E> taker,
            Clock clock,
            MeterRegistry meters) {
        this.story = story;
        this.reader = reader;
        this.session = session;
        this.told = told;
        this.taker = taker;
        this.clock = clock;
        this.taken = counter(meters, "taken");
        this.left = counter(meters, "left-out");
        this.delay =
                Timer.builder("tapedeck.playback.story.delay")
                        .description("From an event's commit at its producer to its commit here")
                        .tag("story", story)
                        .publishPercentiles(0.5, 0.95)
                        .register(meters);
    }

    /// Returns when all records are taken or left out for good. All of them go into one
    /// transaction, one session after another in the order of their names, so that two who take
    /// never wait for each other.
    ///
    /// @param records in the order in which they were told
    /// @throws InterruptedException the service stops; the records will come again
    void take(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        List<E> events = readable(records);
        if (!events.isEmpty()) {
            takeAll(events);
        }
    }

    void stop() {
        stopped = true;
    }

    private List<E> readable(ConsumerRecords<String, byte[]> records) {
        var events = new ArrayList<E>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                events.add(reader.read(record.value()));
            } catch (UnreadableException e) {
                leaveOut(e);
            }
        }
        events.sort(Comparator.comparing(session));
        return events;
    }

    private void takeAll(List<E> events) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        for (int failures = 0; ; failures++) {
            try {
                QuarkusTransaction.requiringNew().run(() -> events.forEach(taker));
                events.forEach(this::count);
                return;
            } catch (RuntimeException e) {
                if (refused(e) && failures >= REFUSALS) {
                    takeWhatIsNotRefused(events, e);
                    return;
                }
                if (failures % 20 == 0) {
                    LOG.warnf(e, "events not taken yet story=%s events=%d", story, events.size());
                }
            }
            if (stopped) {
                throw new InterruptedException("stopping");
            }
            Thread.sleep(wait);
            wait = longer(wait);
        }
    }

    /// One event that no row can hold must not keep back those around it.
    private void takeWhatIsNotRefused(List<E> events, RuntimeException refusal)
            throws InterruptedException {
        if (events.size() == 1) {
            leaveOut(refusal);
            return;
        }
        for (E event : events) {
            takeAll(List.of(event));
        }
    }

    private void count(E event) {
        taken.increment();
        delay.record(Duration.between(told.apply(event), clock.instant()).abs());
    }

    private void leaveOut(Exception why) {
        left.increment();
        LOG.errorf(why, "event left out story=%s", story);
    }

    /// Whether the database looked at the row and said no: SQLSTATE class 22 (data) or 23
    /// (constraint).
    private static boolean refused(Throwable failure) {
        return causes(failure)
                .filter(SQLException.class::isInstance)
                .map(cause -> Optional.ofNullable(((SQLException) cause).getSQLState()))
                .flatMap(Optional::stream)
                .anyMatch(sqlState -> sqlState.startsWith("22") || sqlState.startsWith("23"));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, t -> t != null, Throwable::getCause);
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
    }

    private Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("tapedeck.playback.story.events")
                .description("Events taken into the read model, or left out as unreadable")
                .tag("story", story)
                .tag("outcome", outcome)
                .register(meters);
    }
}
