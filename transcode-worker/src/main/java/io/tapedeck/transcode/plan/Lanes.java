package io.tapedeck.transcode.plan;

import io.tapedeck.transcode.database.DatabaseException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Runs one piece of work per key at a time, several keys beside each other. However often a key is
/// woken while its work runs, the work runs once more afterwards. Work is done in rounds, and for
/// each the lane queues up anew behind the others, so that a long one keeps nobody waiting for more
/// than a round. A round that throws is repeated after a pause that grows. Thread-safe.
final class Lanes {

    private static final System.Logger LOG = System.getLogger(Lanes.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /// What a lane does.
    @FunctionalInterface
    interface Work {

        /// Does a round, which should be short.
        ///
        /// @return whether there is more to do
        boolean perform(String key) throws Exception;
    }

    private enum State {
        RUNNING,
        WOKEN_AGAIN
    }

    private enum Round {
        DONE,
        MORE,
        FAILED
    }

    private final Work work;
    private final Semaphore slots;
    private final Map<String, State> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param slots rounds at one time
    Lanes(Work work, int slots) {
        this.work = work;
        this.slots = new Semaphore(slots, true);
    }

    /// Sees to it that the work for `key` begins after this call. Returns at once.
    void wake(String key) {
        if (closed) {
            return;
        }
        lanes.compute(
                key,
                (k, state) -> {
                    if (state != null) {
                        return State.WOKEN_AGAIN;
                    }
                    Thread.ofVirtual().name("lane-", 0).start(() -> run(k));
                    return State.RUNNING;
                });
    }

    /// Lanes at work or waiting for a slot.
    int size() {
        return lanes.size();
    }

    /// Lanes waiting for a slot.
    int queueing() {
        return slots.getQueueLength();
    }

    /// Starts nothing any more. What runs comes to its end by itself.
    void close() {
        closed = true;
    }

    private void run(String key) {
        Duration pause = FIRST_PAUSE;
        boolean again = true;
        while (again) {
            switch (round(key)) {
                case MORE -> pause = FIRST_PAUSE;
                case DONE -> {
                    pause = FIRST_PAUSE;
                    again = lanes.compute(key, (k, state) -> next(state)) != null;
                }
                case FAILED -> {
                    again = sleep(pause);
                    pause = longer(pause);
                }
            }
            if (closed) {
                lanes.remove(key);
                return;
            }
        }
    }

    private static @Nullable State next(@Nullable State state) {
        return state == State.WOKEN_AGAIN ? State.RUNNING : null;
    }

    private Round round(String key) {
        slots.acquireUninterruptibly();
        try {
            return work.perform(key) ? Round.MORE : Round.DONE;
        } catch (IOException | DatabaseException e) {
            LOG.log(System.Logger.Level.WARNING, "work waits for a neighbour key={0}: {1}", key, e);
            return Round.FAILED;
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "work failed, trying again key=" + key, e);
            return Round.FAILED;
        } finally {
            slots.release();
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
