package io.tapedeck.playback.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.playback.catalog.RenditionProgress.Announcement;
import io.tapedeck.playback.catalog.RenditionProgress.Layout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessingTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant NOW = START.plusSeconds(40);

    @Test
    void countsWindowsOfAllRenditions() {
        Processing half = Processing.of(List.of(of(100, 100L), of(0, 100L)), NOW);
        assertThat(half).isEqualTo(new Processing(0.5, null));
    }

    @Test
    void theSlowestRenditionSaysHowLongItTakes() {
        // Twenty intervals of two seconds, and eleven of these.
        Processing processing = Processing.of(List.of(of(21, 81L), of(11, 51L)), NOW);
        assertThat(processing.remainingMillis()).isEqualTo(Duration.ofSeconds(160).toMillis());
        assertThat(processing.progress()).isEqualTo(32.0 / 132);
    }

    @Test
    void nobodyKnowsHowLongItTakesWhereLittleIsDoneOrNothingHappens() {
        assertThat(Processing.of(List.of(of(3, 81L)), NOW).remainingMillis()).isNull();
        assertThat(Processing.of(List.of(of(21, null)), NOW).remainingMillis()).isNull();
        assertThat(Processing.of(List.of(of(21, 81L)), NOW.plusSeconds(101)).remainingMillis())
                .isNull();
        assertThat(Processing.of(List.of(), NOW)).isEqualTo(new Processing(0, null));
    }

    /// @param settled within [#START] and [#NOW]
    private static RenditionProgress of(long settled, @Nullable Long windows) {
        Instant first = settled == 0 ? null : START;
        return new RenditionProgress(
                "480p",
                1,
                new Announcement(new Layout(854, 480, 2), 1, false),
                0,
                0,
                0,
                windows,
                false,
                new Foreseen(200, 1),
                new Settled(settled, settled, first, settled == 0 ? null : NOW));
    }
}
