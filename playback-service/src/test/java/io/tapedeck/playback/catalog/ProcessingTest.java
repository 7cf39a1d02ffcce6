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
        Processing half = Processing.of(null, List.of(of(100, 100L), of(0, 100L)), NOW);
        assertThat(half).isEqualTo(new Processing(0.5, null));
    }

    @Test
    void theSlowestRenditionSaysHowLongItTakes() {
        // Twenty intervals of two seconds, and eleven of these.
        Processing processing = Processing.of(null, List.of(of(21, 81L), of(11, 51L)), NOW);
        assertThat(processing.remainingMillis()).isEqualTo(Duration.ofSeconds(160).toMillis());
        assertThat(processing.progress()).isEqualTo(32.0 / 132);
    }

    @Test
    void nobodyKnowsHowLongItTakesWhereLittleIsDoneOrNothingHappens() {
        assertThat(Processing.of(null, List.of(of(3, 81L)), NOW).remainingMillis()).isNull();
        assertThat(Processing.of(null, List.of(of(21, null)), NOW).remainingMillis()).isNull();
        assertThat(
                        Processing.of(null, List.of(of(21, 81L)), NOW.plusSeconds(101))
                                .remainingMillis())
                .isNull();
        assertThat(Processing.of(null, List.of(), NOW)).isEqualTo(new Processing(0, null));
    }

    @Test
    void whatIsConvertedFirstIsTheFirstQuarter() {
        assertThat(Processing.of(converting(0.5, null), List.of(), NOW))
                .isEqualTo(new Processing(0.125, null));
        assertThat(Processing.of(converting(1, null), List.of(), NOW).progress()).isEqualTo(0.25);
        assertThat(Processing.of(converting(1, null), List.of(of(50, 100L)), NOW).progress())
                .isEqualTo(0.25 + 0.75 / 2);
    }

    @Test
    void theTimeThatConvertingTakesRunsDownUntilNobodyIsHeardOf() {
        var converting = converting(0.5, 30_000L);
        assertThat(Processing.of(converting, List.of(), NOW.plusSeconds(10)).remainingMillis())
                .isEqualTo(20_000);
        assertThat(Processing.of(converting, List.of(), NOW.plusSeconds(40)).remainingMillis())
                .isZero();
        assertThat(Processing.of(converting, List.of(), NOW.plusSeconds(61)).remainingMillis())
                .isNull();
    }

    @Test
    void whenAllIsConvertedTheRenditionsSayHowLongItTakes() {
        assertThat(Processing.of(converting(1, null), List.of(of(21, 81L)), NOW).remainingMillis())
                .isEqualTo(Duration.ofSeconds(120).toMillis());
    }

    private static SessionStory.Converting converting(
            double progress, @Nullable Long remainingMillis) {
        return new SessionStory.Converting(7, NOW, progress, remainingMillis);
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
