package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ffmpeg.segment.PicturePlan.Repeat;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Window;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PicturePlanTest {

    private static final long S = 90_000;

    /// From second 4 to second 6 of a run.
    private static final Window WINDOW = window(4 * S, 6 * S);

    @Test
    void showsEachPictureOnceAtItsTime() {
        var plan = plan(3 * S, 4 * S, 5 * S, 5 * S + 1);

        assertThat(times(plan)).containsExactly(3 * S, 4 * S, 5 * S, 5 * S + 1);
        assertThat(plan.repeats()).isEmpty();
        assertThat(plan.blackTicks()).isEmpty();
        assertThat(plan.shownIn(WINDOW)).isEqualTo(3);
    }

    @Test
    void leavesOutWhatComesLater() {
        assertThat(times(plan(4 * S, 5 * S, 6 * S))).containsExactly(4 * S, 5 * S);
    }

    @Test
    void needsNoPictureExactlyAtTheStart() {
        var plan = plan(4 * S - 1500, 4 * S + 1500, 5 * S, 5 * S + S / 2);

        assertThat(times(plan)).containsExactly(4 * S - 1500, 4 * S + 1500, 5 * S, 5 * S + S / 2);
        assertThat(plan.shownIn(WINDOW)).isEqualTo(3);
    }

    @Test
    void aWindowWithoutAPictureShowsTheLastOneEverySecond() {
        var plan = plan(1 * S, 2 * S);

        assertThat(times(plan)).containsExactly(1 * S, 4 * S);
        assertThat(plan.repeats()).containsExactly(new Repeat(4 * S, 5 * S));
        assertThat(plan.shownIn(WINDOW)).isEqualTo(2);
    }

    @Test
    void evenAShortWindowWithoutAPictureShowsOne() {
        var plan = PicturePlan.of(List.of(window(4 * S, 4 * S + 3000)), pictures(4 * S - 3000));

        assertThat(times(plan)).containsExactly(4 * S);
        assertThat(plan.repeats()).isEmpty();
    }

    @Test
    void aPauseAcrossTheStartIsBrokenThere() {
        var plan = plan(3 * S, 4 * S + 10, 5 * S);

        assertThat(times(plan)).containsExactly(4 * S, 4 * S + 10, 5 * S);
    }

    @Test
    void aPauseOfASecondIsNone() {
        assertThat(times(plan(3 * S + 10, 4 * S + 10, 5 * S + 10, 6 * S - 10)))
                .containsExactly(3 * S + 10, 4 * S + 10, 5 * S + 10, 6 * S - 10);
    }

    @Test
    void aPauseInsideIsBrokenEvenly() {
        assertThat(plan(4 * S, 4 * S + 2 * S - 10).repeats())
                .containsExactly(new Repeat(4 * S, 5 * S - 5));
    }

    @Test
    void aPauseUpToTheEndIsBroken() {
        assertThat(plan(4 * S, 4 * S + S / 2).repeats())
                .containsExactly(new Repeat(4 * S + S / 2, 4 * S + S / 2 + S * 3 / 4));
    }

    @Test
    void beforeTheFirstPictureOfARunItIsBlack() {
        var plan = PicturePlan.of(List.of(window(0, 2 * S)), pictures(2 * S - 3000));

        assertThat(times(plan)).containsExactly(2 * S - 3000);
        assertThat(plan.blackTicks()).containsExactly(0L, S - 1500);
    }

    @Test
    void aRunThatStartsALittleLaterIsNotBlack() {
        var plan = PicturePlan.of(List.of(window(0, 2 * S)), pictures(S / 2, S));

        assertThat(plan.blackTicks()).isEmpty();
        assertThat(times(plan)).containsExactly(S / 2, S);
    }

    @Test
    void repeatsStayFewHoweverLongThePause() {
        assertThat(PicturePlan.of(List.of(window(0, 3600 * S)), pictures(0)).repeats())
                .hasSizeLessThan(40);
    }

    private static PicturePlan plan(long... ticks) {
        return PicturePlan.of(List.of(WINDOW), pictures(ticks));
    }

    private static List<Frame.Picture> pictures(long... ticks) {
        return LongStream.of(ticks)
                .mapToObj(at -> new Frame.Picture(at, at == ticks[0], new byte[1]))
                .toList();
    }

    private static List<Long> times(PicturePlan plan) {
        return plan.coded().stream().map(Frame.Picture::ticks).toList();
    }

    static Window window(long startTicks, long endTicks) {
        return new Window(
                Cut.GRID,
                7,
                1,
                1920_000,
                startTicks,
                endTicks,
                false,
                OptionalLong.empty(),
                new Window.ByteSpan(0, 0, new byte[0]));
    }
}
