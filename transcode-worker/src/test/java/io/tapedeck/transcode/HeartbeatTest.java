package io.tapedeck.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ffmpeg.process.Cancellation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final Duration OFTEN = Duration.ofMillis(2);

    @Test
    void tellsHowFarTheRunnerIs() {
        var tasks = new Ledger();
        try (var beat = new Heartbeat("t", tasks::alive, OFTEN, new Cancellation())) {
            beat.progressed(0.25);

            Awaitility.await().until(() -> tasks.progress == 0.25);
            assertThat(beat.lost()).isFalse();
        }
    }

    @Test
    void throwsTheCancellationWhenItIsNoLongerOurs() {
        var tasks = new Ledger();
        var cancellation = new Cancellation();
        try (var beat = new Heartbeat("t", tasks::alive, OFTEN, cancellation)) {
            tasks.ours = false;

            Awaitility.await().until(cancellation::isCancelled);
            assertThat(beat.lost()).isTrue();
        }
    }

    @Test
    void stopsWithTheRunner() {
        var tasks = new Ledger();
        new Heartbeat("t", tasks::alive, OFTEN, new Cancellation()).close();

        int beats = tasks.beats.get();
        Awaitility.await().during(OFTEN.multipliedBy(10)).until(() -> tasks.beats.get() == beats);
    }

    /// Only takes signs of life.
    private static final class Ledger {

        private final AtomicInteger beats = new AtomicInteger();
        private volatile boolean ours = true;
        private volatile double progress;

        private boolean alive(double now) {
            beats.incrementAndGet();
            progress = now;
            return ours;
        }
    }
}
