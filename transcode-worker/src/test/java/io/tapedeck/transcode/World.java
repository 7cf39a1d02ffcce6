package io.tapedeck.transcode;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.contract.TranscodeTopics;
import io.tapedeck.transcode.story.Queue;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/// Hears everything that the worker tells the world.
@ApplicationScoped
public class World {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /// What a viewer can tell two renderings of a window apart by.
    public record Rendered(
            String rendition, long window, int run, long startTicks, long ticks, int frames) {}

    private final ObjectMapper json;
    private final Map<String, Object> broker;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Collection<TranscodeEvent> heard = new ConcurrentLinkedQueue<>();

    World(ObjectMapper json, @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.json = json;
        this.broker = broker;
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", broker.get("bootstrap.servers"));
        settings.put("group.id", "world-" + UUID.randomUUID());
        settings.put("auto.offset.reset", "earliest");
        settings.put("metadata.max.age.ms", 500);
        consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    void onStart(@Observes StartupEvent event) {
        Thread.ofPlatform().daemon().name("world").start(this::listen);
    }

    @PreDestroy
    void stop() {
        consumer.wakeup();
    }

    private void listen() {
        consumer.subscribe(List.of(TranscodeTopics.SEGMENTS));
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> hear(record.value()));
            }
        } catch (WakeupException e) {
            // The end of the tests.
        }
    }

    private void hear(byte[] message) {
        try {
            heard.add(json.readValue(message, TranscodeEvent.class));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<TranscodeEvent> events(String session) {
        return heard.stream().filter(event -> event.sessionId().equals(session)).toList();
    }

    public <E extends TranscodeEvent> List<E> events(String session, Class<E> type) {
        return events(session).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// All jobs that were ever sent to a queue, whoever took them.
    public List<TranscodeJob> jobs(Queue queue) {
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", broker.get("bootstrap.servers"));
        var all = new TopicPartition(queue.topic(), 0);
        var jobs = new ArrayList<TranscodeJob>();
        try (var reader =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            reader.assign(List.of(all));
            reader.seekToBeginning(List.of(all));
            long end = Objects.requireNonNull(reader.endOffsets(List.of(all)).get(all));
            while (reader.position(all) < end) {
                for (var message : reader.poll(Duration.ofSeconds(1))) {
                    jobs.add(json.readValue(message.value(), TranscodeJob.class));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jobs;
    }

    /// The event of a kind with the highest sequence.
    public <E extends TranscodeEvent> Optional<E> last(String session, Class<E> type) {
        return events(session, type).stream()
                .max(Comparator.comparingLong(TranscodeEvent::sequence));
    }

    public <E extends TranscodeEvent> E await(
            String session, Class<E> type, Predicate<E> condition) {
        return Awaitility.await("%s of %s".formatted(type.getSimpleName(), session))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> last(session, type).filter(condition), Optional::isPresent)
                .orElseThrow();
    }

    /// Waits until all of a session is planned and rendered, and says what became of it.
    public List<Rendered> whole(String session) {
        var planned =
                await(session, TranscodeEvent.Planned.class, TranscodeEvent.Planned::complete);
        Awaitility.await("segments of " + session)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> rendered(session).size() + failed(session) >= planned.windowCount());
        return rendered(session);
    }

    public List<Rendered> rendered(String session) {
        return events(session, TranscodeEvent.SegmentReady.class).stream()
                .map(ready ->
                        new Rendered(
                                ready.rendition(),
                                ready.window(),
                                ready.run(),
                                ready.startTicks(),
                                ready.durationTicks(),
                                ready.frames()))
                .distinct()
                .sorted(Comparator.comparingLong(Rendered::window))
                .toList();
    }

    private int failed(String session) {
        return events(session, TranscodeEvent.WindowFailed.class).size();
    }
}
