package io.tapedeck.standalone.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    @Test
    void theFirstComeBackIsQuickAndLaterOnesTakeTheirTime() {
        var backoff = Backoff.NONE.after(AT_ONCE);
        assertThat(backoff.pause()).isLessThan(Duration.ofSeconds(1));
        var next = backoff.after(AT_ONCE);
        assertThat(next.pause()).isEqualTo(backoff.pause().multipliedBy(2));
    }

    @Test
    void thePauseHasALimit() {
        var backoff = Backoff.NONE;
        for (int death = 0; death < 100; death++) {
            backoff = backoff.after(AT_ONCE);
        }
        assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aLongLifeIsForgiven() {
        var backoff = new Backoff(9).after(Duration.ofMinutes(1));
        assertThat(backoff).isEqualTo(new Backoff(1));
    }
}
