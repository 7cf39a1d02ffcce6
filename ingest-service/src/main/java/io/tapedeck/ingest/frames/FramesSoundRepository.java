package io.tapedeck.ingest.frames;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.chunk.ChunkPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The sound of recordings, read from the chunk log.
@ApplicationScoped
class FramesSoundRepository {

    private static final int ROWS = 500;

    private final FramesRepository recordings;
    private final ChunkPublisher chunks;
    private final ObjectStore objects;
    private final IngestConfig config;

    FramesSoundRepository(
            FramesRepository recordings,
            ChunkPublisher chunks,
            ObjectStore objects,
            IngestConfig config) {
        this.recordings = recordings;
        this.chunks = chunks;
        this.objects = objects;
        this.config = config;
    }

    /// What a client may hear.
    ///
    /// @param owner others hear only what is configured, for names can be guessed
    FramesSounds heardBy(boolean owner) {
        return name -> new LogSource(find(owner, name).orElseThrow(() -> none(name)));
    }

    private Optional<String> find(boolean owner, @Nullable String name) {
        if (owner && name != null) {
            return recordings.named(RecordingName.meant(name));
        }
        Optional<String> usual = config.frames().playbackRecording();
        if (usual.isPresent()) {
            return recordings.named(RecordingName.meant(usual.get()));
        }
        return owner ? recordings.newest() : Optional.empty();
    }

    private static FramesException none(@Nullable String name) {
        return FramesError.RECORDING_UNKNOWN.because(
                name == null
                        ? "There is no recording with sound to be heard."
                        : "There is no recording of that name with sound.");
    }

    private final class LogSource implements FramesSounds.Source {

        private final String sessionId;
        private final Queue<ChunkPublisher.Stored> ahead = new ArrayDeque<>();
        private long nextIndex;

        LogSource(String sessionId) {
            this.sessionId = sessionId;
        }

        @Override
        public byte @Nullable [] next() throws IOException {
            if (ahead.isEmpty()) {
                List<ChunkPublisher.Stored> more = chunks.stored(sessionId, nextIndex, ROWS);
                ahead.addAll(more);
            }
            ChunkPublisher.Stored chunk = ahead.poll();
            if (chunk == null) {
                return null;
            }
            nextIndex = chunk.offer().index() + 1;
            long sizeBytes = chunk.offer().sizeBytes();
            try (InputStream in = objects.open(chunk.objectKey(), 0, sizeBytes)) {
                return LoggedSound.of(in.readAllBytes());
            }
        }
    }
}
