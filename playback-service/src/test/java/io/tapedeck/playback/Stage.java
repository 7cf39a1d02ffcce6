package io.tapedeck.playback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.Unremovable;
import io.restassured.RestAssured;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.IngestTopics;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Plays the other services in front of this one: tells their stories and stores their objects.
@ApplicationScoped
@Unremovable
public class Stage {

    static {
        // Machines that build may be busy with other things.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    private final ObjectMapper json;
    private final ObjectStore store;
    private final KafkaProducer<String, byte[]> producer;

    Stage(
            ObjectMapper json,
            ObjectStore store,
            @ConfigProperty(name = "kafka.bootstrap.servers") String broker) {
        this.json = json;
        this.store = store;
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    /// Where the service under test listens.
    public static URI uri(String path) {
        return URI.create("http://localhost:%d%s".formatted(RestAssured.port, path));
    }

    public void tell(SessionEvent event) {
        send(IngestTopics.SESSIONS, event.sessionId(), bytes(event));
    }

    public void tell(TranscodeEvent event) {
        send(TranscodeTopics.SEGMENTS, event.sessionId(), bytes(event));
    }

    /// Whatever bytes.
    public void send(String topic, String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public void store(String key, byte[] content) {
        try {
            store.put(key, new ByteArrayInputStream(content), content.length, "video/mp2t");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void store(String key, String content) {
        store(key, content.getBytes(StandardCharsets.UTF_8));
    }

    @PreDestroy
    void close() {
        producer.close();
    }

    private byte[] bytes(Object event) {
        try {
            return json.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
