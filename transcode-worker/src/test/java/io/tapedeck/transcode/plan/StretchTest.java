package io.tapedeck.transcode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StretchTest {

    @Test
    void windowsOfOneRunAndOriginShareAStretch() {
        Stretch first = Stretch.of(null, window(0, 0));

        assertThat(first).isEqualTo(new Stretch(0, 0, 0));
        assertThat(Stretch.of(first, window(0, 0))).isSameAs(first);
    }

    @Test
    void anotherRunAndAnotherOriginStartAStretch() {
        Stretch first = Stretch.of(null, window(0, 0));
        Stretch restarted = Stretch.of(first, window(0, 192_000));
        Stretch announced = Stretch.of(restarted, window(1, 384_000));

        assertThat(restarted.number()).isEqualTo(1);
        assertThat(announced.number()).isEqualTo(2);
    }

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
