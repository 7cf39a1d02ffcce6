package io.tapedeck.playback.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GuessLimitTest {

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final GuessLimit limit = new GuessLimit(3, Duration.ofSeconds(6), clock);

    @Test
    void someTriesAreFreeThenTimeMustPass() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.waitFor("a")).isEqualTo(Duration.ZERO);
            limit.wrong("a");
        }
        assertThat(limit.waitFor("a")).isEqualTo(Duration.ofSeconds(6));
        now = now.plusSeconds(6);
        assertThat(limit.waitFor("a")).isEqualTo(Duration.ZERO);
    }

    @Test
    void othersDoNotPay() {
        for (int i = 0; i < 9; i++) {
            limit.wrong("a");
        }
        assertThat(limit.waitFor("b")).isEqualTo(Duration.ZERO);
    }

    @Test
    void theRightKeyClearsTheAccount() {
        for (int i = 0; i < 9; i++) {
            limit.wrong("a");
        }
        limit.right("a");
        assertThat(limit.waitFor("a")).isEqualTo(Duration.ZERO);
    }
}
