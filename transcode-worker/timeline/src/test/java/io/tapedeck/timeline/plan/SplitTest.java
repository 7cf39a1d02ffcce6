package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Recording;
import io.tapedeck.timeline.Window;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// However the bytes are cut, and however often a planner dies on the way, the windows are the same
/// to the last byte of their checkpoints.
class SplitTest {

    private static final int SEED = 20261121;
    private static final int MAX_STATE_BYTES = 2500;

    private static final SessionPlan PLAN = new SessionPlan(7, 1920 * 5, 2, true, 0);

    static List<Recording> recordings() {
        List<Recording> recordings = new ArrayList<>(Recording.all());
        recordings.add(Recording.joined("chr-webm-vp8-restart5s"));
        return recordings;
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void byteByByte(Recording recording) throws Exception {
        byte[] run = recording.bytes();
        RunPlanner planner = PLAN.start(3);
        List<Window> windows = new ArrayList<>();
        for (byte b : run) {
            windows.addAll(planner.feed(ByteBuffer.wrap(new byte[] {b})));
        }
        windows.addAll(planner.end());
        assertThat(Plans.text(windows)).isEqualTo(Plans.text(atOnce(run)));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void anyPiecesWithARestartBetweenThem(Recording recording) throws Exception {
        byte[] run = recording.bytes();
        List<String> expected = Plans.text(atOnce(run));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int maxPiece : new int[] {50, 5_000, 200_000}) {
            RunPlanner planner = PLAN.start(3);
            List<Window> windows = new ArrayList<>();
            while (planner.position() < run.length) {
                int from = (int) planner.position();
                int length = Math.min(random.nextInt(1, maxPiece + 1), run.length - from);
                windows.addAll(planner.feed(ByteBuffer.wrap(run, from, length)));
                planner = reborn(planner);
            }
            windows.addAll(planner.end());
            assertThat(Plans.text(windows)).as("seed %d", SEED).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void chunkByChunkWithARestartBetweenThem(Recording recording) throws Exception {
        RunPlanner planner = PLAN.start(3);
        List<Window> windows = new ArrayList<>();
        for (byte[] chunk : recording.chunks()) {
            windows.addAll(planner.feed(ByteBuffer.wrap(chunk)));
            planner = reborn(planner);
        }
        windows.addAll(planner.end());
        assertThat(Plans.text(windows)).isEqualTo(Plans.text(atOnce(recording.bytes())));
    }

    private static RunPlanner reborn(RunPlanner planner) {
        byte[] state = planner.save();
        assertThat(state).hasSizeLessThan(MAX_STATE_BYTES);
        RunPlanner next = RunPlanner.restore(state);
        assertThat(next.save()).isEqualTo(state);
        return next;
    }

    private static List<Window> atOnce(byte[] run) throws MediaException {
        RunPlanner planner = PLAN.start(3);
        List<Window> windows = new ArrayList<>(planner.feed(ByteBuffer.wrap(run)));
        windows.addAll(planner.end());
        return windows;
    }
}
