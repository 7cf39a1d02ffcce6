package io.tapedeck.transcode.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ffmpeg.segment.TimeLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RendererTest {

    @Test
    void aLeaseOutlastsFfmpegAndTheStore() {
        assertThat(Renderer.LEASE)
                .isGreaterThanOrEqualTo(TimeLimit.LONGEST.plus(Duration.ofMinutes(1)));
    }
}
