package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.WebmBytes;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.clock.RunClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Clocks that go on without frames.
class LeapTest {

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long HOUR = 3600 * Ticks.PER_SECOND;
    private static final long HOUR_WINDOWS = 1800;

    private final List<Window> windows = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private SessionPlan plan = SessionPlan.EMPTY;

    @Test
    void threeHoursWithoutAFrameAreEmptyWindows() throws Exception {
        run(at(0, 3 * HOUR_MILLIS));

        assertThat(windows).hasSize((int) (3 * HOUR_WINDOWS + 1));
        assertThat(windows).extracting(Window::originTicks).containsOnly(0L);
        assertThat(losses).isEmpty();
        assertThat(plan.leaptTicks()).isEqualTo(3 * HOUR);
    }

    @Test
    void aNightIsLeftOutAndListedAndTheRecordingGoesOnBehindIt() throws Exception {
        byte[] run = at(0, 8 * HOUR_MILLIS, 8 * HOUR_MILLIS + 1000).toByteArray();
        run(run);

        long ends = windows.getFirst().endTicks();
        assertThat(windows).hasSize(2);
        assertThat(windows.getFirst().last()).isTrue();
        assertThat(windows.getLast().originTicks()).isEqualTo(SessionPlan.originAfter(ends));
        assertThat(losses).containsExactly(new Loss.Pause(ends, 8 * HOUR - ends));
        for (Window window : windows) {
            assertThat(Plans.read(window, run).pictures())
                    .hasSize((int) window.pictures().getAsLong());
        }
    }

    @Test
    void allRunsAndStreamsOfASessionShareTheirHours() throws Exception {
        run(at(0, HOUR_MILLIS));
        run(
                new WebmBytes()
                        .bytes(at(0, HOUR_MILLIS).toByteArray())
                        .bytes(at(0, 2 * HOUR_MILLIS).toByteArray()));
        assertThat(losses).isEmpty();
        int before = windows.size();

        run(at(0, 60_000));

        assertThat(windows.subList(before, windows.size())).hasSize(2);
        assertThat(losses).singleElement().isInstanceOf(Loss.Pause.class);
    }

    @Test
    void leapsThatAreLeftOutAreNotForFreeEither() throws Exception {
        WebmBytes bytes = WebmBytes.recording();
        for (int i = 0; i < 4000; i++) {
            bytes.openCluster(5 * HOUR_MILLIS * i).picture(0, true);
        }
        assertThatExceptionOfType(MalformedStreamException.class).isThrownBy(() -> run(bytes));

        long most = RunClock.MAX_LEAPT_TICKS / RunClock.LEAP_TICKS + 1000;
        assertThat(windows.size()).isBetween((int) most - 2, (int) most + 2);
    }

    /// A run of nothing but keyframes at these times.
    private static WebmBytes at(long... millis) {
        WebmBytes bytes = WebmBytes.recording();
        for (long time : millis) {
            bytes.openCluster(time).picture(0, true);
        }
        return bytes;
    }

    private void run(WebmBytes bytes) throws MediaException, IOException {
        run(bytes.toByteArray());
    }

    private void run(byte[] bytes) throws MediaException {
        RunPlanner planner = plan.start(0);
        try {
            // In two lives.
            windows.addAll(planner.feed(ByteBuffer.wrap(bytes, 0, bytes.length / 2)));
            losses.addAll(planner.losses());
            planner = RunPlanner.restore(planner.save());
            windows.addAll(
                    planner.feed(
                            ByteBuffer.wrap(
                                    bytes, bytes.length / 2, bytes.length - bytes.length / 2)));
        } finally {
            windows.addAll(planner.end());
            losses.addAll(planner.losses());
        }
        plan = plan.after(planner);
    }
}
