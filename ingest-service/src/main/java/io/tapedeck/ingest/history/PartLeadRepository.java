package io.tapedeck.ingest.history;

import io.tapedeck.chassis.objects.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jboss.logging.Logger;

/// How much earlier than wished a part begins. Nothing can be shown before the first keyframe, and
/// the log is not cut at keyframes.
@ApplicationScoped
public class PartLeadRepository {

    private static final Logger LOG = Logger.getLogger(PartLeadRepository.class);

    /// The longest distance of keyframes that cameras are usually set to.
    static final Duration KEYFRAMES = Duration.ofSeconds(10);

    /// How Matroska begins (RFC 8794 §11.2.1), in which there is Motion JPEG: each picture of it is
    /// whole. All else is MP4.
    private static final byte[] MATROSKA = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};

    private final HistoryPublisher history;
    private final ObjectStore objects;

    PartLeadRepository(HistoryPublisher history, ObjectStore objects) {
        this.history = history;
        this.objects = objects;
    }

    /// @param from when the part is to begin
    /// @param to when it ends
    public Duration before(String sessionId, Instant from, Instant to) {
        boolean whole = history.header(sessionId, from, to).map(this::isMatroska).orElse(false);
        return whole ? Duration.ZERO : KEYFRAMES;
    }

    private boolean isMatroska(String objectKey) {
        try (InputStream bytes = objects.open(objectKey, 0, MATROSKA.length)) {
            return Arrays.equals(bytes.readNBytes(MATROSKA.length), MATROSKA);
        } catch (IOException e) {
            // Longer than needed is better than too short.
            LOG.debugf("a part begins earlier to be safe: %s", e.getMessage());
            return false;
        }
    }
}
