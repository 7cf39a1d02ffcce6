package io.tapedeck.playback.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.playback.catalog.SegmentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Waiting waiting = new Waiting(new Waiting.Limits(10, 7, 3, 2, PATIENCE));

    @Test
    void aWindowIsAskedForOnceHoweverManyWait() {
        Waiting.Place first = waiting.join(key("a", 7)).orElseThrow();
        assertThat(waiting.join(key("a", 7))).contains(first);

        assertThat(waiting.due(NOW)).containsExactly(key("a", 7));
        assertThat(waiting.due(NOW)).isEmpty();

        waiting.settled(List.of(key("a", 7)));
        assertThat(first.settled().getCount()).isZero();
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
            Waiting.Place place = waiting.join(key("a", window)).orElseThrow();
            waiting.due(NOW);
            waiting.leave(place);
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
        join("a", 0, 1, 2, 3, 4, 5);
        join("b", 0, 1, 2);
        Waiting.Place last = waiting.join(key("b", 3)).orElseThrow();
        assertThat(waiting.join(key("c", 0))).isEmpty();
        waiting.leave(last);
        assertThat(waiting.join(key("c", 0))).isPresent();
    }

    @Test
    void aSessionLeavesRoomForOthers() {
        join("a", 0, 1, 2, 3, 4, 5);
        Waiting.Place last = waiting.join(key("a", 6)).orElseThrow();
        assertThat(waiting.join(key("a", 7))).isEmpty();
        assertThat(waiting.join(key("b", 0))).isPresent();
        waiting.leave(last);
        assertThat(waiting.join(key("a", 7))).isPresent();
    }

    /// Else its client would come back for ever to a window that nobody makes.
    @Test
    void whatIsNotHeldIsAskedForAllTheSame() {
        join("a", 0, 0, 0, 0, 0, 0, 0);
        for (long window = 1; window < 100; window++) {
            assertThat(waiting.join(key("a", window))).isEmpty();
        }
        assertThat(waiting.due(NOW)).containsExactly(key("a", 0), key("a", 1));
        assertThat(waiting.keys()).hasSize(2);
    }

    @Test
    void whoeverLeavesLateTakesNobodyElsesPlace() {
        Waiting.Place early = waiting.join(key("a", 1)).orElseThrow();
        waiting.settled(List.of(key("a", 1)));
        Waiting.Place late = waiting.join(key("a", 1)).orElseThrow();
        waiting.leave(early);
        waiting.settled(List.of(key("a", 1)));
        assertThat(late.settled().getCount()).isZero();
        assertThat(waiting.size()).isEqualTo(1);
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
