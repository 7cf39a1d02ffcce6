package io.tapedeck.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final long SEED = 20261121;

    private final Random chance = new Random(SEED);

    @Test
    void itDoublesUpToHalfAMinuteAndStaysThere() {
        var longest =
                Stream.iterate(Backoff.NONE.failed(Duration.ZERO), b -> b.failed(Duration.ZERO))
                        .limit(8)
                        .map(this::longest)
                        .toList();
        assertThat(longest)
                .containsExactly(1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L, 30_000L);
    }

    @Test
    void itGoesOnForEver() {
        var old = new Backoff(Integer.MAX_VALUE - 1).failed(Duration.ZERO);
        assertThat(longest(old)).isEqualTo(30_000);
    }

    @Test
    void aPartOfItIsChance() {
        var pauses =
                Stream.generate(() -> new Backoff(6).pause(chance)).limit(1000).sorted().toList();
        assertThat(pauses.getFirst())
                .isBetween(Duration.ofMillis(22_500), Duration.ofMillis(23_000));
        assertThat(pauses.getLast())
                .isBetween(Duration.ofMillis(29_500), Duration.ofMillis(30_000));
    }

    @Test
    void whoWasOnlineForHalfAMinuteBeginsAnew() {
        var before = new Backoff(6);
        assertThat(before.failed(Duration.ofSeconds(29))).isEqualTo(new Backoff(7));
        assertThat(before.failed(Duration.ofSeconds(30))).isEqualTo(new Backoff(1));
    }

    private long longest(Backoff backoff) {
        return Stream.generate(() -> backoff.pause(chance).toMillis())
                .limit(100_000)
                .max(Long::compare)
                .orElseThrow();
    }
}
