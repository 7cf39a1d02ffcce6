package io.tapedeck.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.camera.CameraClaim.Place;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CameraRulesTest {

    private final CameraRules rules =
            new CameraRules(Duration.ofSeconds(10), 50, 100, 1000, 7, Duration.ofDays(1));

    @Test
    void itRenewsEachThreeSecondsAndStopsBeforeOthersMayBegin() {
        assertThat(rules.renewal()).isEqualTo(Duration.ofSeconds(3));
        assertThat(rules.patience()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aSessionIsFullWhenAHeaderAndAChunkHaveNoRoom() {
        assertThat(rules.isFull(new Place("s", 98, 1), false)).isFalse();
        assertThat(rules.isFull(new Place("s", 99, 1), false)).isTrue();
        assertThat(rules.isFull(new Place("s", 998, 1), true)).isFalse();
        assertThat(rules.isFull(new Place("s", 999, 1), true)).isTrue();
        assertThat(rules.isFull(new Place("s", 0, 7), true)).isFalse();
        assertThat(rules.isFull(new Place("s", 0, 8), true)).isTrue();
    }
}
