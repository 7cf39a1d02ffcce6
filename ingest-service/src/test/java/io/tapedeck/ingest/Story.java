package io.tapedeck.ingest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tapedeck.ingest.contract.IngestTopics;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.Neighbours;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private Story() {}

    /// All events of one session in the order of the topic.
    public static List<SessionEvent> of(String sessionId) {
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

    /// Simple names of the events' types.
    public static List<String> words(String sessionId) {
        return of(sessionId).stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
