package io.tapedeck.ffmpeg.export;

import net.bramp.ffmpeg.progress.Progress;

/// How far an export is. The first pass is measured by the bytes that ffmpeg has taken, the second
/// one (moving the index to the front) by the bytes that it reads and writes while nothing is left
/// to take. Thread-safe.
final class ExportProgress {

    /// Share of the first pass. It also waits for the store.
    private static final double FIRST_PASS = 0.8;

    private final long totalBytes;
    private final ExportListener listener;
    private long fedBytes;
    private long fileBytes;
    private boolean allFed;
    private long movedBeforeBytes = -1;
    private double told = -1;

    ExportProgress(long totalBytes, ExportListener listener) {
        this.totalBytes = Math.max(totalBytes, 1);
        this.listener = listener;
    }

    synchronized void fed(int bytes) {
        fedBytes += bytes;
    }

    synchronized void allFed() {
        allFed = true;
    }

    /// ffmpeg's own report: here it says how large the file is so far.
    synchronized void reported(Progress report) {
        fileBytes = Math.max(fileBytes, report.getTotalSize());
    }

    /// Called some times a second.
    ///
    /// @param movedBytes bytes that ffmpeg has read and written in its life, -1 if unknown
    synchronized void moved(long movedBytes) {
        if (!allFed) {
            tell(FIRST_PASS * Math.min(1, (double) fedBytes / totalBytes));
            return;
        }
        if (movedBeforeBytes < 0) {
            movedBeforeBytes = movedBytes;
        }
        // The whole file is read and written once more.
        double expected = 2.0 * Math.max(fileBytes, 1);
        double share = Math.clamp((movedBytes - movedBeforeBytes) / expected, 0, 1);
        tell(FIRST_PASS + (1 - FIRST_PASS) * share * 0.99);
    }

    synchronized void finished() {
        tell(1);
    }

    private void tell(double progress) {
        if (progress > told) {
            told = progress;
            listener.progressed(progress);
        }
    }
}
