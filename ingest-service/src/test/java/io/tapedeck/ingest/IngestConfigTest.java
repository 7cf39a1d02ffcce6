package io.tapedeck.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Pins keys and defaults: operators rely on both.
class IngestConfigTest {

    @Test
    void defaultsAreTheDocumentedOnes() {
        IngestConfig config = config(Map.of("tapedeck.ingest.owner-key", "k"));
        assertThat(config.publicUrl()).isEmpty();
        assertThat(config.limits().chunkBytes()).isEqualTo(32L << 20);
        assertThat(config.limits().sessionBytes()).isEqualTo(64L << 30);
        assertThat(config.limits().sessionChunks()).isEqualTo(1_000_000);
        assertThat(config.limits().runs()).isEqualTo(100_000);
        assertThat(config.limits().openSessions()).isEqualTo(200);
        assertThat(config.limits().uploadsPerSession()).isEqualTo(16);
        assertThat(config.limits().bufferBytes()).isEqualTo(128L << 20);
        assertThat(config.limits().bufferTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.silence().interruptedAfter()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.silence().completedAfter()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.deletion().undo()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.orphans().safeAge()).isEqualTo(Duration.ofHours(1));
        assertThat(config.limits().openUploads()).isEqualTo(1000);
        assertThat(config.uploads().pieceBytes()).isEqualTo(4L << 20);
        assertThat(config.uploads().leastPieceBytes()).isEqualTo(1L << 20);
        assertThat(config.uploads().pieceTime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.uploads().bufferTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.uploads().expiry()).isEqualTo(Duration.ofDays(7));
        assertThat(config.uploads().every()).isEqualTo("1m");
        assertThat(config.frames().open()).isFalse();
        assertThat(config.frames().playbackRecording()).isEmpty();
        assertThat(config.frames().connections()).isEqualTo(64);
        assertThat(config.frames().frameBytes()).isEqualTo(2 << 20);
        assertThat(config.frames().messagesPerSecond()).isEqualTo(1000);
        assertThat(config.frames().batchTime()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.frames().batchBytes()).isEqualTo(4L << 20);
        assertThat(config.frames().bufferBytes()).isEqualTo(64L << 20);
        assertThat(config.frames().lease()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.frames().every()).isEqualTo("5s");
        assertThat(config.frames().storePatience()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.frames().silence()).isEqualTo(Duration.ofSeconds(45));
        assertThat(config.cameras().pull()).isTrue();
        assertThat(config.cameras().total()).isEqualTo(100);
        assertThat(config.cameras().perInstance()).isEqualTo(50);
        assertThat(config.cameras().lease()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.cameras().every()).isEqualTo("1s");
        assertThat(config.cameras().bufferBytes()).isEqualTo(64L << 20);
        assertThat(config.cameras().slidingChunks()).isEqualTo(20_000_000);
        assertThat(config.cameras().longestRun()).isEqualTo(Duration.ofDays(1));
        assertThat(config.history().margin()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.history().every()).isEqualTo("10s");
        assertThat(config.history().savedChunks()).isEqualTo(25_000);
    }

    @Test
    void keysAreTheDocumentedOnes() {
        IngestConfig config =
                config(
                        Map.of(
                                "tapedeck.ingest.owner-key", "k",
                                "tapedeck.ingest.public-url", "https://tape.example.org",
                                "tapedeck.ingest.limits.chunk-bytes", "1",
                                "tapedeck.ingest.limits.buffer-timeout", "3s",
                                "tapedeck.ingest.silence.interrupted-after", "4s",
                                "tapedeck.ingest.deletion.undo", "5s",
                                "tapedeck.ingest.orphans.safe-age", "6s"));
        assertThat(config.publicUrl()).contains("https://tape.example.org");
        assertThat(config.limits().chunkBytes()).isEqualTo(1);
        assertThat(config.limits().bufferTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.silence().interruptedAfter()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.deletion().undo()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.orphans().safeAge()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void theOwnerKeyHasNoDefault() {
        assertThatExceptionOfType(ConfigValidationException.class)
                .isThrownBy(() -> config(Map.of()))
                .withMessageContaining("owner-key");
    }

    private static IngestConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .withConverter(Duration.class, 500, new DurationConverter())
                .withMapping(IngestConfig.class)
                .build()
                .getConfigMapping(IngestConfig.class);
    }
}
