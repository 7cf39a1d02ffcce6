package io.tapedeck.transcode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final int SECONDS = 10;

    @Test
    void workWokenWhileItRunsRunsOnceMore() throws Exception {
        var started = new Semaphore(0);
        var mayEnd = new Semaphore(0);
        var runs = new AtomicInteger();
        var lanes =
                new Lanes(
                        key -> {
                            runs.incrementAndGet();
                            started.release();
                            mayEnd.acquire();
                            return false;
                        },
                        4);

        lanes.wake("a");
        assertThat(started.tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();
        lanes.wake("a");
        lanes.wake("a");
        lanes.wake("a");
        mayEnd.release(10);

        awaitIdle(lanes);
        assertThat(runs).hasValue(2);
    }

    @Test
    void oneKeyDoesNotWaitForAnother() throws Exception {
        var never = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var lanes =
                new Lanes(
                        key -> {
                            if (key.equals("slow")) {
                                never.await();
                            }
                            done.countDown();
                            return false;
                        },
                        2);

        lanes.wake("slow");
        lanes.wake("quick");

        assertThat(done.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        never.countDown();
        awaitIdle(lanes);
    }

    @Test
    void longWorkLetsOthersThroughBetweenItsRounds() throws Exception {
        var begun = new CountDownLatch(1);
        var othersWait = new CountDownLatch(1);
        var done = new ConcurrentLinkedQueue<String>();
        var lanes =
                new Lanes(
                        key -> {
                            begun.countDown();
                            othersWait.await();
                            done.add(key);
                            return key.equals("long") && done.size() < 5;
                        },
                        1);

        lanes.wake("long");
        assertThat(begun.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        lanes.wake("short");
        Awaitility.await().until(() -> lanes.queueing() == 1);
        othersWait.countDown();

        awaitIdle(lanes);
        assertThat(done).containsExactly("long", "short", "long", "long", "long");
    }

    @Test
    void workThatFailsIsRepeated() {
        var runs = new AtomicInteger();
        var lanes =
                new Lanes(
                        key -> {
                            if (runs.incrementAndGet() < 3) {
                                throw new IllegalStateException("on purpose");
                            }
                            return false;
                        },
                        1);

        lanes.wake("a");

        awaitIdle(lanes);
        assertThat(runs).hasValue(3);
    }

    @Test
    void closedLanesStartNothing() {
        var runs = new AtomicInteger();
        var lanes = new Lanes(key -> runs.incrementAndGet() == 0, 1);

        lanes.close();
        lanes.wake("a");

        assertThat(lanes.size()).isZero();
        assertThat(runs).hasValue(0);
    }

    private static void awaitIdle(Lanes lanes) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(SECONDS))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> lanes.size() == 0);
    }
}
