package io.tapedeck.ingest.camera;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/// What has come of one camera and is not stored yet. Whoever puts something in waits while all
/// cameras together have too much, so that a slow store makes cameras wait rather than this process
/// grow. For one thread that puts in and one that takes out.
final class CameraBuffer {

    private static final int UNIT_BYTES = 1024;

    private final Memory memory;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private int waiting;
    private boolean closed;

    CameraBuffer(Memory memory) {
        this.memory = memory;
    }

    /// What all cameras of a process may have in memory. Thread-safe.
    static final class Memory {

        private final int allUnits;
        private final Semaphore units;

        Memory(long sizeBytes) {
            this.allUnits = Math.toIntExact(Math.max(1, sizeBytes / UNIT_BYTES));
            this.units = new Semaphore(allUnits, true);
        }

        private int units(int sizeBytes) {
            return Math.min(allUnits, sizeBytes / UNIT_BYTES + 1);
        }
    }

    /// Something that came.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Piece(Kind kind, byte[] bytes) {}

    enum Kind {
        HEADER,
        MEDIA
    }

    /// Waits for room.
    ///
    /// @throws InterruptedException also when it is closed
    void put(Piece piece) throws InterruptedException {
        int units = memory.units(piece.bytes().length);
        memory.units.acquire(units);
        synchronized (this) {
            if (closed) {
                memory.units.release(units);
                throw new InterruptedException("nothing is stored any more");
            }
            waiting++;
            pieces.add(piece);
        }
    }

    /// Waits for something. It takes its room until it is [#done].
    Piece take() throws InterruptedException {
        return pieces.take();
    }

    synchronized void done(Piece piece) {
        waiting--;
        memory.units.release(memory.units(piece.bytes().length));
    }

    /// Whether all is done that was put in.
    synchronized boolean isEmpty() {
        return waiting == 0;
    }

    /// Forgets what is left, and takes nothing any more.
    synchronized void close() {
        closed = true;
        for (Piece piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            done(piece);
        }
    }
}
