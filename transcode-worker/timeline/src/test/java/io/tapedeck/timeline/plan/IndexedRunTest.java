package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.mp4.Files;
import io.tapedeck.timeline.mp4.NotIndexableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file that is planned from the list of its frames, and read as it is.
class IndexedRunTest {

    private static final int NEIGHBOURS = 3;

    private static List<Window> plan(byte[] list, int pieceBytes) throws MediaException {
        RunPlanner planner = SessionPlan.EMPTY.startIndexed(0, Grid.USUAL);
        List<Window> windows = new ArrayList<>();
        for (int at = 0; at < list.length; at += pieceBytes) {
            int length = Math.min(pieceBytes, list.length - at);
            windows.addAll(planner.feed(ByteBuffer.wrap(list, at, length)));
            if (pieceBytes < list.length) {
                planner = RunPlanner.restore(planner.save());
            }
        }
        windows.addAll(planner.end());
        return windows;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, Integer.MAX_VALUE})
    void everyFrameIsInItsWindow(int samplesPerChunk) throws Exception {
        Files.Made file = Files.make(600, 950, Math.min(samplesPerChunk, 60));
        List<Window> windows = plan(Files.list(file.bytes()), Integer.MAX_VALUE);

        for (Cut cut : Cut.values()) {
            List<Window> own = Plans.of(cut, windows);
            assertThat(own).hasSize(cut == Cut.GRID ? 11 : 10);
            TreeSet<String> pictures = new TreeSet<>();
            for (Window window : own) {
                WindowInput input = Plans.read(window, file.bytes());
                long mine =
                        input.pictures().stream()
                                .filter(picture -> window.holds(picture.ticks()))
                                .peek(picture -> pictures.add(text(picture)))
                                .count();
                assertThat(window.pictures()).hasValue(mine);
                assertThat(input.pictures().getFirst().keyframe()).isTrue();
            }
            assertThat(pictures).isEqualTo(new TreeSet<>(file.pictures()));
        }
    }

    private static String text(Frame.Picture picture) {
        return "%d %s".formatted(picture.ticks(), Arrays.toString(picture.payload()));
    }

    @Test
    void aListInPiecesGivesTheSameWindows() throws Exception {
        byte[] list = Files.list(Files.make(300, 480, 7).bytes());
        List<String> whole = Plans.text(plan(list, Integer.MAX_VALUE));

        assertThat(Plans.text(plan(list, 1))).isEqualTo(whole);
        assertThat(Plans.text(plan(list, 333))).isEqualTo(whole);
    }

    @Test
    void neighboursHaveTheFramesThatEachOfThemHas() throws Exception {
        byte[] file = Files.make(600, 950, 40).bytes();
        for (Cut cut : Cut.values()) {
            List<Window> windows = Plans.of(cut, plan(Files.list(file), Integer.MAX_VALUE));
            for (int from = 0; from + NEIGHBOURS <= windows.size(); from += NEIGHBOURS) {
                List<Window> some = windows.subList(from, from + NEIGHBOURS);
                WindowInput together = Plans.read(Window.joined(some), file);
                for (Window window : some) {
                    assertThat(frames(together.part(window)))
                            .isEqualTo(frames(Plans.read(window, file)));
                }
            }
        }
    }

    private static List<String> frames(WindowInput input) {
        List<String> frames = new ArrayList<>();
        input.pictures().forEach(picture -> frames.add(text(picture)));
        input.sounds()
                .forEach(sound ->
                        frames.add(sound.firstSample() + Arrays.toString(sound.payload())));
        return frames;
    }

    @Test
    void noBytesOfAClientAreTakenForAList() throws Exception {
        byte[] list = Files.list(Files.make(60, 100, 7).bytes());
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        assertThatExceptionOfType(MediaException.class)
                .isThrownBy(() -> planner.feed(ByteBuffer.wrap(list)));
    }

    /// Damaged files are refused, planned, or found to be damaged: nothing else ever happens.
    @Test
    void damageIsAnAnswer() throws Exception {
        byte[] good = Files.make(240, 380, 7).bytes();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int planned = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = good.clone();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                damage(bytes, random);
            }
            try {
                byte[] list = Files.list(bytes);
                List<Window> windows = plan(list, Integer.MAX_VALUE);
                planned++;
                for (Window window : windows.subList(0, Math.min(3, windows.size()))) {
                    Plans.read(window, bytes);
                }
            } catch (NotIndexableException | MediaException _) {
                // That is an answer.
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed %d round %d".formatted(seed, round), e);
            }
        }
        assertThat(planned).isPositive();
    }

    /// The index is behind the data.
    private static void damage(byte[] bytes, Random random) {
        int indexFrom = bytes.length * 3 / 5;
        int at = indexFrom + random.nextInt(bytes.length - indexFrom - 8);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] = (byte) random.nextInt();
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> Arrays.fill(bytes, at, at + 4, (byte) (random.nextBoolean() ? 0xFF : 0));
            default ->
                    ByteBuffer.wrap(bytes)
                            .putInt(at, random.nextInt(random.nextBoolean() ? 100 : 1 << 30));
        }
    }
}
