package io.tapedeck.transcode.plan;

import io.tapedeck.transcode.database.DatabaseException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Runs one piece of work per key at a time, several keys beside each other. However often a key is
/// woken while its work runs, the work runs once more afterwards. Work that throws is repeated
/// after a pause that grows. Thread-safe.
final class Lanes {

    private static final System.Logger LOG = System.getLogger(Lanes.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /// What a lane does.
    @FunctionalInterface
    interface Work {
        void perform(String key) throws Exception;
    }

    private enum State {
        RUNNING,
        WOKEN_AGAIN
    }

    private final Work work;
    private final Semaphore slots;
    private final Map<String, State> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param slots lanes that work at one time
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

    /// Starts nothing any more. What runs comes to its end by itself.
    void close() {
        closed = true;
    }

    private void run(String key) {
        Duration pause = FIRST_PAUSE;
        boolean again = true;
        while (again) {
            if (performed(key)) {
                pause = FIRST_PAUSE;
                again = lanes.compute(key, (k, state) -> next(state)) != null;
            } else {
                again = sleep(pause);
                pause = longer(pause);
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

    private boolean performed(String key) {
        slots.acquireUninterruptibly();
        try {
            work.perform(key);
            return true;
        } catch (IOException | DatabaseException e) {
            LOG.log(System.Logger.Level.WARNING, "work waits for a neighbour key={0}: {1}", key, e);
            return false;
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "work failed, trying again key=" + key, e);
            return false;
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
