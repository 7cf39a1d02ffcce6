package io.tapedeck.playback.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.playback.catalog.Dropped;
import io.tapedeck.playback.catalog.Foreseen;
import io.tapedeck.playback.catalog.RenditionProgress;
import io.tapedeck.playback.catalog.Settled;
import io.tapedeck.playback.catalog.WindowOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeptWindowsTest {

    private final List<Long> asked = new ArrayList<>();
    private final KeptWindows windows = new KeptWindows(10, this::rows);

    @Test
    void readsOnlyWhatIsNew() {
        assertThat(listed("a", 3)).containsExactly(0L, 1L, 2L);
        assertThat(listed("a", 3)).containsExactly(0L, 1L, 2L);
        assertThat(listed("a", 5)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(asked).containsExactly(0L, 3L);
    }

    @Test
    void saysNoMoreThanIsListed() {
        listed("a", 5);
        assertThat(listed("a", 4)).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void forgetsWhatNobodyAskedForLongest() {
        listed("a", 4);
        listed("b", 4);
        listed("a", 5);
        listed("c", 4);
        asked.clear();

        listed("a", 5);
        listed("c", 4);
        assertThat(asked).isEmpty();
        listed("b", 4);
        assertThat(asked).containsExactly(0L);
    }

    @Test
    void keepsNothingThatIsTooLong() {
        listed("a", 11);
        listed("a", 11);
        assertThat(asked).containsExactly(0L, 0L);
    }

    @Test
    void keepsNothingThatIsNotListedAnyMore() {
        assertThat(listed("a", 2, 8)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(listed("a", 5, 9)).containsExactly(5L, 6L, 7L, 8L);
        assertThat(asked).containsExactly(2L, 8L);
        // Twelve windows from the first one on would not have been kept.
        assertThat(listed("a", 5, 12)).hasSize(7).endsWith(11L);
        assertThat(listed("a", 11, 13)).containsExactly(11L, 12L);
        assertThat(asked).containsExactly(2L, 8L, 9L, 12L);
    }

    @Test
    void readsAnewWhatWasListedBeforeWhatIsKept() {
        listed("a", 5, 9);
        assertThat(listed("a", 2, 9)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(listed("a", 20, 21)).containsExactly(20L);
    }

    private List<Long> listed(String session, long count) {
        return listed(session, 0, count);
    }

    private List<Long> listed(String session, long first, long count) {
        var progress =
                new RenditionProgress(
                        "720p",
                        1,
                        null,
                        count,
                        count,
                        count,
                        null,
                        false,
                        new Foreseen(0, 0),
                        new Settled(count, count, null, null),
                        new Dropped(first, 0, first));
        return windows.listed(session, progress).stream().map(WindowOutcome::window).toList();
    }

    private List<WindowOutcome> rows(String session, RenditionProgress rendition, long from) {
        asked.add(from);
        return LongStream.range(from, rendition.listedWindows())
                .<WindowOutcome>mapToObj(
                        window -> new WindowOutcome.Missing(window, 0, window, 1, "test", null))
                .toList();
    }
}
