package io.tapedeck.playback.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.playback.catalog.SegmentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Waiting waiting = new Waiting(new Waiting.Limits(10, 3, 2, PATIENCE));

    @Test
    void aWindowIsAskedForOnceHoweverManyWait() {
        CountDownLatch first = waiting.join(key("a", 7)).orElseThrow();
        assertThat(waiting.join(key("a", 7))).contains(first);

        assertThat(waiting.due(NOW)).containsExactly(key("a", 7));
        assertThat(waiting.due(NOW)).isEmpty();

        waiting.settled(List.of(key("a", 7)));
        assertThat(first.getCount()).isZero();
        assertThat(waiting.keys()).isEmpty();
    }

    @Test
    void aSessionGetsNoMoreThanItsShareAndWaitsForTheRest() {
        join("a", 1, 2, 3);
        join("b", 1, 2);

        assertThat(waiting.due(NOW)).containsExactly(key("a", 1), key("a", 2), key("b", 1));
        assertThat(waiting.due(NOW)).isEmpty();
        waiting.settled(List.of(key("a", 2)));
        assertThat(waiting.due(NOW)).containsExactly(key("a", 3));
        waiting.settled(List.of(key("a", 1), key("a", 3)));
        assertThat(waiting.due(NOW)).containsExactly(key("b", 2));
    }

    @Test
    void whoeverAsksAndLeavesGetsNoMoreThanWhoeverWaits() {
        for (long window = 0; window < 100; window++) {
            join("a", window);
            waiting.due(NOW);
            waiting.leave(key("a", window));
        }
        assertThat(waiting.size()).isZero();
        assertThat(waiting.keys()).containsExactlyInAnyOrder(key("a", 0), key("a", 1));

        assertThat(waiting.due(NOW.plus(PATIENCE))).isEmpty();
        assertThat(waiting.keys()).isEmpty();
    }

    @Test
    void whatIsAwaitedForTooLongIsAskedForAgain() {
        join("a", 1);
        assertThat(waiting.due(NOW)).hasSize(1);
        assertThat(waiting.due(NOW.plus(PATIENCE).minusMillis(1))).isEmpty();
        assertThat(waiting.due(NOW.plus(PATIENCE))).containsExactly(key("a", 1));
    }

    @Test
    void whatCouldNotBeAskedForIsAskedForNext() {
        join("a", 1);
        List<SegmentKey> due = waiting.due(NOW);
        waiting.unwanted(due);
        assertThat(waiting.due(NOW)).isEqualTo(due);
    }

    @Test
    void tooManyAreNotHeld() {
        for (long window = 0; window < 10; window++) {
            assertThat(waiting.join(key("a", window))).isPresent();
        }
        assertThat(waiting.join(key("a", 0))).isEmpty();
        waiting.leave(key("a", 3));
        assertThat(waiting.join(key("a", 0))).isPresent();
    }

    private void join(String session, long... windows) {
        for (long window : windows) {
            assertThat(waiting.join(key(session, window))).isPresent();
        }
    }

    private static SegmentKey key(String session, long window) {
        return new SegmentKey(session, "480p", 1, window);
    }
}
