package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecodeTimesTest {

    private static final long LEAD = DecodeTimes.LEAD_TICKS;

    @Test
    void picturesInOrderAreDecodedWhenTheyAreShown() {
        assertThat(of(false, 0, 3000, 6000)).containsExactly(0, 3000, 6000);
    }

    @Test
    void othersAreDecodedInTurn() {
        assertThat(of(true, 0, 9000, 3000, 6000, 18_000, 12_000, 15_000))
                .containsExactly(
                        -LEAD,
                        3000 - LEAD,
                        6000 - LEAD,
                        9000 - LEAD,
                        12_000 - LEAD,
                        15_000 - LEAD,
                        18_000 - LEAD);
    }

    @Test
    void slowPicturesAreDecodedBeforeTheyAreShown() {
        assertThat(of(true, 0, 90_000, 30_000, 60_000))
                .containsExactly(-LEAD, 30_000 - LEAD, 30_000, 60_000);
        assertThat(of(true, 0, 180_000, 90_000, 45_000))
                .containsExactly(-LEAD, 45_000 - LEAD, 44_999, 45_000);
    }

    @Test
    void timesRiseWhateverTheOrder() {
        var random = new Random(20261121);
        for (int round = 0; round < 1000; round++) {
            long[] shown = random.longs(1 + random.nextInt(300), 0, 900_000).distinct().toArray();
            long[] decoded = of(true, shown);
            for (int i = 0; i < shown.length; i++) {
                assertThat(decoded[i]).isLessThanOrEqualTo(shown[i]);
                assertThat(i == 0 || decoded[i] > decoded[i - 1]).isTrue();
            }
            long first = Arrays.stream(shown).min().orElseThrow();
            assertThat(decoded[0]).isEqualTo(first - LEAD);
        }
    }

    private static long[] of(boolean reordered, long... shownTicks) {
        return DecodeTimes.of(shownTicks, reordered);
    }
}
