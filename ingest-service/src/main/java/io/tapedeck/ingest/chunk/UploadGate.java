package io.tapedeck.ingest.chunk;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets in only as many uploads as there is memory for, and only a share of one session, so that
/// one client that stalls does not keep the others out. Thread-safe.
public final class UploadGate {

    /// The store's client holds one part of an object, in a buffer that grows by doubling.
    public static final long PART_BYTES = 8L << 20;

    /// So that small chunks are not free: sockets and threads cost too.
    private static final long LEAST_BYTES = 64L << 10;

    private static final int UNIT_BYTES = 1024;

    /// One in so many parts of the memory is the most that a session holds, but for its only
    /// upload.
    private static final int SHARES = 4;

    private final Semaphore buffers;
    private final int unitsPerSession;
    private final Duration timeout;
    private final int maxPerSession;
    private final Map<String, Holding> sessions = new HashMap<>();

    public UploadGate(long bufferBytes, Duration timeout, int maxPerSession) {
        int units = units(Math.max(bufferBytes, PART_BYTES));
        this.buffers = new Semaphore(units, true);
        this.unitsPerSession = units / SHARES;
        this.timeout = timeout;
        this.maxPerSession = maxPerSession;
    }

    /// What a session's uploads hold, or wait for.
    private record Holding(int uploads, int units) {

        static final Holding NOTHING = new Holding(0, 0);

        Holding plus(int more) {
            return new Holding(uploads + 1, units + more);
        }

        Holding minus(int less) {
            return new Holding(uploads - 1, units - less);
        }
    }

    /// What came of knocking.
    public sealed interface Answer {}

    /// Come in, and close when done.
    public final class Pass implements Answer, AutoCloseable {

        private final String sessionId;
        private final int units;

        private Pass(String sessionId, int units) {
            this.sessionId = sessionId;
            this.units = units;
        }

        @Override
        public void close() {
            buffers.release(units);
            leave(sessionId, units);
        }
    }

    /// This session has enough uploads under way.
    public record SessionBusy() implements Answer {}

    /// There was no memory in time.
    public record Overloaded() implements Answer {}

    /// Waits for a place.
    ///
    /// @param sizeBytes as announced; -1 when not known
    public Answer enter(String sessionId, long sizeBytes) throws InterruptedException {
        long wanted = sizeBytes < 0 ? PART_BYTES : Math.min(sizeBytes, PART_BYTES);
        int units = units(Math.max(wanted, LEAST_BYTES));
        if (!join(sessionId, units)) {
            return new SessionBusy();
        }
        boolean entered = false;
        try {
            entered = buffers.tryAcquire(units, timeout.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!entered) {
                leave(sessionId, units);
            }
        }
        return entered ? new Pass(sessionId, units) : new Overloaded();
    }

    private synchronized boolean join(String sessionId, int units) {
        Holding now = sessions.get(sessionId);
        Holding then = (now == null ? Holding.NOTHING : now).plus(units);
        if (now != null && !fits(then)) {
            return false;
        }
        sessions.put(sessionId, then);
        return true;
    }

    private boolean fits(Holding holding) {
        return holding.uploads() <= maxPerSession && holding.units() <= unitsPerSession;
    }

    private synchronized void leave(String sessionId, int units) {
        sessions.computeIfPresent(
                sessionId, (id, now) -> now.uploads() > 1 ? now.minus(units) : null);
    }

    private static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    }
}
