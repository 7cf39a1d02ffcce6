package io.tapedeck.ingest;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tapedeck.ingest.contract.IngestTopics;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.Neighbours;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What the broker has of the sessions' stories, read anew each time.
public final class Story {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NEWEST =
            "select coalesce(max(id), 0) from outbox where message_key = ?";
    private static final String OLDEST =
            "select coalesce(min(id), 9223372036854775807) from outbox where message_key = ?";

    private Story() {}

    /// All events of one session in the order of the topic, at least those that were committed
    /// before: the broker hears of them a moment later.
    public static List<SessionEvent> of(String sessionId) {
        long committed = untold(NEWEST, sessionId);
        await().atMost(PATIENCE).until(() -> untold(OLDEST, sessionId) > committed);
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                Neighbours.running().kafkaBootstrapServers(),
                                "default.api.timeout.ms",
                                20_000),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(IngestTopics.SESSIONS).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var events = new ArrayList<SessionEvent>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (var found : consumer.poll(Duration.ofMillis(200))) {
                    if (found.key().equals(sessionId)) {
                        events.add(JSON.readValue(found.value(), SessionEvent.class));
                    }
                }
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long untold(String which, String sessionId) {
        String url = Neighbours.running().jdbcUrl() + "?currentSchema=ingest";
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
                var query = connection.prepareStatement(which)) {
            query.setString(1, sessionId);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Simple names of the events' types.
    public static List<String> words(String sessionId) {
        return of(sessionId).stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
