package io.tapedeck.ingest.chunk;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.ChunkKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Puts bytes into an object of their own, which counts only when a row selects it.
@ApplicationScoped
public class AttemptPublisher {

    private static final Logger LOG = Logger.getLogger(AttemptPublisher.class);
    private static final String CONTENT_TYPE = "application/octet-stream";

    private final ObjectStore objects;
    private final Clock clock;

    AttemptPublisher(ObjectStore objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /// Stores a chunk whose bytes are all here.
    ///
    /// @throws IOException the store failed
    public ChunkPublisher.Stored store(String sessionId, long index, int run, byte[] bytes)
            throws IOException {
        var digesting =
                new DigestingStream(
                        new ByteArrayInputStream(bytes), bytes.length, clock, Duration.ofDays(1));
        String key = store(sessionId, index, digesting, bytes.length);
        var offer = new ChunkOffer(index, run, bytes.length, digesting.sha256());
        return new ChunkPublisher.Stored(offer, key);
    }

    /// Reads the bytes to their end.
    ///
    /// @param ownerId session or upload they are for
    /// @param number what they are in it
    /// @param sizeBytes as announced; -1 when not known
    /// @return the object's key; empty when there were no bytes, which have no object
    /// @throws IOException the store failed, or `body` did
    public String store(String ownerId, long number, DigestingStream body, long sizeBytes)
            throws IOException {
        int first = body.read();
        if (first < 0) {
            return "";
        }
        String attempt = UUID.randomUUID().toString().replace("-", "");
        String key = ChunkKeys.attempt(ownerId, number, attempt);
        var whole =
                new SequenceInputStream(new ByteArrayInputStream(new byte[] {(byte) first}), body);
        objects.put(key, whole, sizeBytes, CONTENT_TYPE);
        return key;
    }

    /// Deletes an object that no row will select; if that fails, the sweeper does.
    ///
    /// @param objectKey as [#store] gave it
    public void discard(String objectKey) {
        if (objectKey.isEmpty()) {
            return;
        }
        try {
            objects.delete(List.of(objectKey));
        } catch (IOException e) {
            LOG.debugf("left to the sweeper object=%s: %s", objectKey, e.getMessage());
        }
    }
}
