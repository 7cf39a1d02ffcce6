package io.tapedeck.transcode.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ffmpeg.process.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final Duration OFTEN = Duration.ofMillis(2);

    private final Task task =
            Task.queued("t", "s", "mp4", 1, Instant.EPOCH).start(Instant.EPOCH).orElseThrow();

    @Test
    void tellsHowFarTheRunnerIs() {
        var tasks = new Ledger();
        try (var beat = new Heartbeat(tasks, task, OFTEN, new Cancellation())) {
            beat.progressed(0.25);

            Awaitility.await().until(() -> tasks.progress == 0.25);
            assertThat(beat.lost()).isFalse();
        }
    }

    @Test
    void throwsTheCancellationWhenTheTaskIsNoLongerOurs() {
        var tasks = new Ledger();
        var cancellation = new Cancellation();
        try (var beat = new Heartbeat(tasks, task, OFTEN, cancellation)) {
            tasks.ours = false;

            Awaitility.await().until(cancellation::isCancelled);
            assertThat(beat.lost()).isTrue();
        }
    }

    @Test
    void stopsWithTheRunner() {
        var tasks = new Ledger();
        new Heartbeat(tasks, task, OFTEN, new Cancellation()).close();

        int beats = tasks.beats.get();
        Awaitility.await().during(OFTEN.multipliedBy(10)).until(() -> tasks.beats.get() == beats);
    }

    /// Only takes signs of life.
    private static final class Ledger implements Tasks {

        private final AtomicInteger beats = new AtomicInteger();
        private volatile boolean ours = true;
        private volatile double progress;

        @Override
        public boolean alive(Task task, double now) {
            beats.incrementAndGet();
            progress = now;
            return ours;
        }

        @Override
        public Optional<Task> start(String taskId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RenderedPart> parts(Task task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean succeed(Task task, String resultKey, long resultBytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean fail(Task task, String error) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean giveBack(Task task, boolean spoilt) {
            throw new UnsupportedOperationException();
        }
    }
}
