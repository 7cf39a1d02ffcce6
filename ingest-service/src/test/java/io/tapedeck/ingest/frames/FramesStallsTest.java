package io.tapedeck.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.matroska.JpegSize;
import io.tapedeck.ingest.matroska.Matroska;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Clients and servers that stand still again and again, and then make up for it: each picture
/// stays where its sound is, so none is too many for 15 a second.
class FramesStallsTest {

    private static final int PICTURES = 90;
    private static final double PER_SECOND = 15;
    private static final int PIECE_BYTES = 2 * 2_940;
    private static final long SECOND = 1_000_000_000;

    @Test
    void noPictureIsLostToAStall() {
        for (long seed = 0; seed < 1_000; seed++) {
            List<Long> shown = new Life(seed).shown();
            assertThat(shown).as("seed %d", seed).hasSize(PICTURES);
            assertThat(shown.stream().map(at -> Math.round(at * PER_SECOND / 1e6)).distinct())
                    .as("seed %d: %s", seed, shown)
                    .hasSize(PICTURES);
        }
    }

    /// One connection, in simulated time.
    private static final class Life {

        private final Random random;
        private final FramesRun run = new FramesRun(Optional.of(new JpegSize(64, 48)), true, 0);
        private final List<Long> shown = new ArrayList<>();
        private final double[] sent = new double[2 * PICTURES];
        private @Nullable FramesBatch batch;
        private double now;
        private double deaf;

        Life(long seed) {
            this.random = new Random(seed);
            double stall = 0;
            for (int i = 0; i < sent.length; i++) {
                double due = (i / 2) / PER_SECOND;
                if (random.nextInt(40) == 0) {
                    stall = due + random.nextDouble() * 1.5;
                }
                sent[i] = Math.max(due, stall);
                stall = sent[i];
            }
        }

        List<Long> shown() {
            int burst = 1 + random.nextInt(14);
            double slowest = 3 * random.nextDouble();
            double paused = 0;
            for (int next = 0; next < sent.length; ) {
                deaf += now - paused;
                now = Math.max(now, sent[next]);
                paused = now;
                var arrival = new Arrival((long) (now * SECOND), (long) (deaf * SECOND));
                for (int i = 0; i < burst && next < sent.length && sent[next] <= paused; i++) {
                    take(next++, arrival, slowest);
                }
            }
            show(batch == null ? new FramesBatch(0) : batch, true);
            return shown;
        }

        private void take(int message, Arrival arrival, double slowest) {
            now += random.nextDouble() * 0.01;
            FramesBatch open = batch == null ? new FramesBatch(nanos()) : batch;
            batch = open;
            if (message % 2 == 0) {
                open.add(Pictures.message(message), arrival);
            } else {
                open.add(new FramesMessage.Sound(new byte[PIECE_BYTES]), arrival);
            }
            if (nanos() - open.begunNanos() >= SECOND) {
                FramesBatch behind = open.takeBehindSound();
                show(open, false);
                now += random.nextDouble() * slowest;
                batch = behind;
                if (behind != null) {
                    behind.begin(nanos());
                }
            }
        }

        private long nanos() {
            return (long) (now * SECOND);
        }

        private void show(FramesBatch full, boolean last) {
            run.place(full, last).stream()
                    .filter(block -> block.track() == Matroska.PICTURES)
                    .forEach(block -> shown.add(block.atMicros()));
        }
    }
}
