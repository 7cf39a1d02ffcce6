package io.tapedeck.transcode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StretchTest {

    @Test
    void windowsOfOneRunAndOriginShareAStretch() {
        Stretch first = Stretch.of(null, window(0, 0), AT);

        assertThat(first).isEqualTo(new Stretch(0, 0, 0, AT.minusSeconds(2)));
        assertThat(Stretch.of(first, window(0, 0), AT.plusSeconds(9))).isSameAs(first);
    }

    @Test
    void anotherRunAndAnotherOriginStartAStretch() {
        Stretch first = Stretch.of(null, window(0, 0), AT);
        Stretch restarted = Stretch.of(first, window(0, 192_000), AT);
        Stretch announced = Stretch.of(restarted, window(1, 384_000), null);

        assertThat(restarted.number()).isEqualTo(1);
        assertThat(announced.number()).isEqualTo(2);
        assertThat(announced.recordedAt()).isNull();
    }

    @Test
    void timePassesInAStretchAsOnItsTimeline() {
        Stretch stretch = Stretch.of(null, window(0, 0), AT);
        Window third =
                new Window(
                        Cut.SOURCE,
                        1,
                        0,
                        0,
                        360_001,
                        540_000,
                        false,
                        OptionalLong.empty(),
                        new Window.ByteSpan(0, 1, new byte[0]));

        assertThat(PlannedWindow.of(stretch, third).recordedAt())
                .isEqualTo(AT.plusSeconds(2).plusNanos(11_000));
    }

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private static Window window(int run, long originTicks) {
        return new Window(
                Cut.GRID,
                0,
                run,
                originTicks,
                0,
                180_000,
                false,
                OptionalLong.of(60),
                new Window.ByteSpan(0, 1, new byte[0]));
    }
}
