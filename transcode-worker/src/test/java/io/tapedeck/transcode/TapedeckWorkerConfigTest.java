package io.tapedeck.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Keys and defaults are a promise to operators.
class TapedeckWorkerConfigTest {

    @Test
    void theDefaultsAreWhatTheDocumentsSay() {
        var config =
                new SmallRyeConfigBuilder()
                        .withMapping(TapedeckWorkerConfig.class)
                        .withMapping(FfmpegConfig.class)
                        .withConverter(Duration.class, 100, TapedeckWorkerConfigTest::duration)
                        .build();

        Map<String, String> values =
                StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                        .filter(name -> name.startsWith("tapedeck."))
                        .collect(Collectors.toMap(name -> name, name -> config.getRawValue(name)));
        assertThat(values)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("tapedeck.ffmpeg.path", "ffmpeg"),
                                Map.entry("tapedeck.worker.live-slots", "2"),
                                Map.entry("tapedeck.worker.front-slots", "2"),
                                Map.entry("tapedeck.worker.convert-slots", "1"),
                                Map.entry("tapedeck.worker.backlog-slots", "1"),
                                Map.entry("tapedeck.worker.planner-slots", "4"),
                                Map.entry("tapedeck.worker.ladder", "1080,720,480,360,240"),
                                Map.entry("tapedeck.worker.export-on-completion", "true"),
                                Map.entry("tapedeck.worker.passthrough", "true"),
                                Map.entry("tapedeck.worker.hole-patience", "10s"),
                                Map.entry("tapedeck.worker.stop-grace", "5s"),
                                Map.entry("tapedeck.worker.render.max-failures", "3"),
                                Map.entry("tapedeck.worker.render.max-attempts", "8"),
                                Map.entry("tapedeck.worker.render.windows-per-job", "5"),
                                Map.entry("tapedeck.worker.render.time-limit", "5s"),
                                Map.entry("tapedeck.worker.render.time-limit-per-second", "5s"),
                                Map.entry("tapedeck.worker.export.max-attempts", "5"),
                                Map.entry("tapedeck.worker.export.lease", "5s"),
                                Map.entry("tapedeck.worker.export.heartbeat", "500ms"),
                                Map.entry("tapedeck.worker.conversion.max-attempts", "3"),
                                Map.entry("tapedeck.worker.conversion.max-bytes", "17179869184"),
                                Map.entry("tapedeck.worker.conversion.room-patience", "1h"),
                                Map.entry("tapedeck.worker.reconcile.every", "1s"),
                                Map.entry("tapedeck.worker.reconcile.batch", "100"),
                                Map.entry("tapedeck.worker.reconcile.plan-patience", "3s"),
                                Map.entry("tapedeck.worker.history.every", "1s"),
                                Map.entry("tapedeck.worker.history.margin", "15s")));
    }

    /// The framework's converter, as far as the defaults need it.
    private static Duration duration(String text) {
        return text.endsWith("ms")
                ? Duration.parse("PT%.3fS".formatted(Long.parseLong(text.replace("ms", "")) / 1e3))
                : Duration.parse("PT" + text);
    }
}
