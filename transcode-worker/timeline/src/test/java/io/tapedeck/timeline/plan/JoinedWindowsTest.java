package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Recording;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Neighbours that are read at one go have the frames that each of them has when read alone.
class JoinedWindowsTest {

    private static final int NEIGHBOURS = 4;

    static List<Recording> recordings() {
        return Recording.all();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void haveTheSameFrames(Recording recording) throws Exception {
        byte[] run = recording.bytes();
        List<Window> windows = Plans.of(run);
        for (int from = 0; from < windows.size(); from += NEIGHBOURS) {
            List<Window> some = windows.subList(from, Math.min(from + NEIGHBOURS, windows.size()));
            WindowInput together = Plans.read(Window.joined(some), run);
            for (Window window : some) {
                assertThat(frames(together.part(window)))
                        .isEqualTo(frames(Plans.read(window, run)));
            }
        }
    }

    @Test
    void areOneSpan() {
        Window joined = Window.joined(List.of(window(3, 0, 10, 90), window(4, 10, 20, 70)));

        assertThat(joined)
                .extracting(
                        Window::index,
                        Window::startTicks,
                        Window::endTicks,
                        Window::pictures,
                        window -> window.source().fromBytes(),
                        window -> window.source().toBytes(),
                        window -> window.source().checkpoint()[0])
                .containsExactly(3L, 0L, 20L, OptionalLong.of(10), 3L, 90L, (byte) 3);
    }

    @Test
    void mustFollowEachOther() {
        assertThatThrownBy(() -> Window.joined(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> Window.joined(List.of(window(3, 0, 10, 90), window(5, 20, 30, 99))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("window 5 does not follow window 3");
    }

    private static Window window(long index, long startTicks, long endTicks, long toBytes) {
        var source = new Window.ByteSpan(index, toBytes, new byte[] {(byte) index});
        return new Window(
                Cut.GRID, index, 0, 0, startTicks, endTicks, false, OptionalLong.of(5), source);
    }

    private static List<String> frames(WindowInput input) {
        return Stream.concat(
                        input.pictures().stream().map(JoinedWindowsTest::text),
                        input.sounds().stream().map(JoinedWindowsTest::text))
                .toList();
    }

    private static String text(Frame.Picture picture) {
        return "picture %d %s %d"
                .formatted(picture.ticks(), picture.keyframe(), Arrays.hashCode(picture.payload()));
    }

    private static String text(Frame.Sound sound) {
        return "sound %d %d %d"
                .formatted(sound.firstSample(), sound.samples(), Arrays.hashCode(sound.payload()));
    }
}
