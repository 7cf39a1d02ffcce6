package io.tapedeck.ingest.chunk;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets in only as many uploads as there is memory for, and only so many of one session.
/// Thread-safe.
final class UploadGate {

    /// The store's client holds one part of an object, in a buffer that grows by doubling.
    static final long PART_BYTES = 8L << 20;

    /// So that small chunks are not free: sockets and threads cost too.
    private static final long LEAST_BYTES = 64L << 10;

    private static final int UNIT_BYTES = 1024;

    private final Semaphore buffers;
    private final Duration timeout;
    private final int maxPerSession;
    private final Map<String, Integer> sessions = new ConcurrentHashMap<>();

    UploadGate(long bufferBytes, Duration timeout, int maxPerSession) {
        this.buffers = new Semaphore(units(Math.max(bufferBytes, PART_BYTES)), true);
        this.timeout = timeout;
        this.maxPerSession = maxPerSession;
    }

    /// What came of knocking.
    sealed interface Answer {}

    /// Come in, and close when done.
    final class Pass implements Answer, AutoCloseable {

        private final String sessionId;
        private final int units;

        private Pass(String sessionId, int units) {
            this.sessionId = sessionId;
            this.units = units;
        }

        @Override
        public void close() {
            buffers.release(units);
            leave(sessionId);
        }
    }

    /// This session has enough uploads under way.
    record SessionBusy() implements Answer {}

    /// There was no memory in time.
    record Overloaded() implements Answer {}

    /// Waits for a place.
    ///
    /// @param sizeBytes as announced; -1 when not known
    Answer enter(String sessionId, long sizeBytes) throws InterruptedException {
        if (!join(sessionId)) {
            return new SessionBusy();
        }
        long wanted = sizeBytes < 0 ? PART_BYTES : Math.min(sizeBytes, PART_BYTES);
        int units = units(Math.max(wanted, LEAST_BYTES));
        boolean entered = false;
        try {
            entered = buffers.tryAcquire(units, timeout.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!entered) {
                leave(sessionId);
            }
        }
        return entered ? new Pass(sessionId, units) : new Overloaded();
    }

    private boolean join(String sessionId) {
        if (sessions.merge(sessionId, 1, Integer::sum) > maxPerSession) {
            leave(sessionId);
            return false;
        }
        return true;
    }

    private void leave(String sessionId) {
        sessions.computeIfPresent(sessionId, (id, now) -> now > 1 ? now - 1 : null);
    }

    private static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    }
}
