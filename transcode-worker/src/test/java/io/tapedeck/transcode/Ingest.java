package io.tapedeck.transcode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Identifier;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.ChunkKeys;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.contract.IngestTopics;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Says and stores what ingest-service would.
@ApplicationScoped
public class Ingest {

    private final ObjectStore objects;
    private final ObjectMapper json;
    private final Clock clock;
    private final KafkaProducer<String, byte[]> producer;

    Ingest(
            ObjectStore objects,
            ObjectMapper json,
            Clock clock,
            @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.objects = objects;
        this.json = json;
        this.clock = clock;
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.get("bootstrap.servers"));
        this.producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @PreDestroy
    void close() {
        producer.close();
    }

    /// Facts of a session that was recorded in one run.
    public List<SessionEvent> record(String session, List<byte[]> chunks) {
        return record(session, chunks, false);
    }

    /// Stores the chunks and answers with the facts: opened, stored…, completed.
    ///
    /// @param runs whether each chunk is a run of its own
    public List<SessionEvent> record(String session, List<byte[]> chunks, boolean runs) {
        var facts = new ArrayList<SessionEvent>();
        facts.add(
                new SessionEvent.Opened(
                        session, 1, clock.instant(), "", "video/webm;codecs=vp8,opus", true));
        for (int i = 0; i < chunks.size(); i++) {
            facts.add(store(session, i, runs ? i : 0, chunks.get(i)));
        }
        facts.add(completed(session, chunks.size(), List.of()));
        return facts;
    }

    public SessionEvent.ChunkStored store(String session, long index, int run, byte[] bytes) {
        String key = ChunkKeys.attempt(session, index, UUID.randomUUID().toString());
        if (bytes.length > 0) {
            put(key, bytes);
        }
        return new SessionEvent.ChunkStored(
                session, index + 2, clock.instant(), index, run, key, bytes.length, sha256(bytes));
    }

    public SessionEvent.Completed completed(String session, long count, List<IndexRange> missing) {
        return new SessionEvent.Completed(session, count + 2, clock.instant(), count, missing);
    }

    public void say(SessionEvent fact) {
        send(IngestTopics.SESSIONS, fact.sessionId(), fact);
    }

    public void say(List<? extends SessionEvent> facts) {
        facts.forEach(this::say);
    }

    /// Sends any message.
    void send(String topic, String key, Object message) {
        try {
            producer.send(new ProducerRecord<>(topic, key, json.writeValueAsBytes(message)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void command(TranscodeCommand command) {
        send(TranscodeTopics.COMMANDS, command.sessionId(), command);
    }

    private void put(String key, byte[] bytes) {
        try {
            objects.put(
                    key, new ByteArrayInputStream(bytes), bytes.length, "application/octet-stream");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
