package io.tapedeck.ingest.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnocksTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Knocks knocks = new Knocks(2);

    @Test
    void theLatestCounts() {
        assertThat(knocks.latest("a")).isEmpty();
        knocks.heard("a", NOW);
        knocks.heard("a", NOW.plusSeconds(1));
        assertThat(knocks.latest("a")).contains(NOW.plusSeconds(1));
    }

    @Test
    void theLongestQuietIsForgotten() {
        knocks.heard("a", NOW);
        knocks.heard("b", NOW);
        knocks.heard("a", NOW);
        knocks.heard("c", NOW);
        assertThat(knocks.latest("a")).isPresent();
        assertThat(knocks.latest("b")).isEmpty();
        assertThat(knocks.latest("c")).isPresent();
    }
}
