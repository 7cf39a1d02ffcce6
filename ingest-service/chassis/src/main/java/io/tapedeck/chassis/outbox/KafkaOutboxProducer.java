package io.tapedeck.chassis.outbox;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// The service's one Kafka producer: idempotent, confirmed by all replicas, nothing held back for a
/// batch. Made at the first send, because the broker's name may not even resolve before.
@ApplicationScoped
class KafkaOutboxProducer {

    /// Waiting for metadata blocks the sending thread, and only that one.
    private static final int MAX_BLOCK_MILLIS = 5000;

    private static final int MAX_REQUEST_TIMEOUT_MILLIS = 10_000;
    private static final int RECONNECT_MILLIS = 500;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Map<String, Object> broker;
    private final OutboxConfig config;
    private @Nullable KafkaProducer<String, byte[]> producer;

    KafkaOutboxProducer(
            @Identifier("default-kafka-broker") Map<String, Object> broker, OutboxConfig config) {
        this.broker = broker;
        this.config = config;
    }

    /// Sends one message. May block for [#MAX_BLOCK_MILLIS], never throws.
    CompletableFuture<@Nullable Void> send(OutboxMessage message) {
        var answer = new CompletableFuture<@Nullable Void>();
        try {
            producer()
                    .send(
                            new ProducerRecord<>(message.topic(), message.key(), message.payload()),
                            (place, failure) -> {
                                if (failure == null) {
                                    answer.complete(null);
                                } else {
                                    answer.completeExceptionally(failure);
                                }
                            });
        } catch (RuntimeException e) {
            // Whatever it is, the caller must learn that the message is not on its way.
            answer.completeExceptionally(e);
        }
        return answer;
    }

    synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
    }

    private synchronized KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer =
                    new KafkaProducer<>(
                            settings(), new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        broker.forEach((key, value) -> {
            if (ProducerConfig.configNames().contains(key)) {
                settings.put(key, value);
            }
        });
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        int deliveryMillis = Math.toIntExact(config.deliveryTimeout().toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMillis);
        settings.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.min(MAX_REQUEST_TIMEOUT_MILLIS, deliveryMillis));
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
        return settings;
    }
}
