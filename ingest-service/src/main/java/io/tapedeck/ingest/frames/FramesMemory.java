package io.tapedeck.ingest.frames;

import java.util.concurrent.Semaphore;

/// Bounds what all connections together have in memory, so that a slow store makes clients wait
/// rather than this process grow. Thread-safe.
final class FramesMemory {

    private static final int UNIT_BYTES = 1024;

    private final int allUnits;
    private final Semaphore units;

    FramesMemory(long sizeBytes) {
        this.allUnits = Math.toIntExact(Math.max(1, sizeBytes / UNIT_BYTES));
        this.units = new Semaphore(allUnits, true);
    }

    /// Whether there is room just now; then it is taken.
    boolean tryTake(long sizeBytes) {
        return units.tryAcquire(units(sizeBytes));
    }

    /// Waits for room. Whoever waits must hold none.
    void take(long sizeBytes) throws InterruptedException {
        units.acquire(units(sizeBytes));
    }

    /// What was taken for a batch.
    void giveBack(FramesBatch batch) {
        units.release((int) batch.sizesBytes().map(this::units).sum());
    }

    private int units(long sizeBytes) {
        return (int) Math.min(allUnits, sizeBytes / UNIT_BYTES + 1);
    }
}
