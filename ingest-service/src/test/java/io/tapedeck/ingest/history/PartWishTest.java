package io.tapedeck.ingest.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.chassis.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartWishTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void theLastMinutesEndNow() {
        assertThat(PartWish.of(5, null, null, " Cat ", NOW))
                .isEqualTo(new PartWish(NOW.minusSeconds(300), NOW, "Cat"));
    }

    @Test
    void aTimeIsTakenAsItIs() {
        assertThat(PartWish.of(null, NOW.minusSeconds(9), NOW, null, NOW))
                .isEqualTo(new PartWish(NOW.minusSeconds(9), NOW, ""));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused(null, null, null, "");
        refused(5, NOW.minusSeconds(9), NOW, "");
        refused(null, NOW, null, "");
        refused(null, NOW, NOW, "");
        refused(null, NOW, NOW.minusSeconds(1), "");
        refused(0, null, null, "");
        refused(-1, null, null, "");
        refused(Integer.MAX_VALUE, null, null, "");
        refused(1, null, null, "x".repeat(201));
        refused(1, null, null, "a\0b");
    }

    private static void refused(
            @Nullable Integer minutes, @Nullable Instant from, @Nullable Instant to, String title) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> PartWish.of(minutes, from, to, title, NOW));
    }
}
