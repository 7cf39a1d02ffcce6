package io.tapedeck.ffmpeg.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// When a guest last moved a byte. Bytes through our pipes are noted as they pass; before a guest
/// is called idle, the kernel is asked whether it moved others (a file being rewritten, say).
final class Activity {

    private static final long ASK_KERNEL_AFTER_NANOS = 500_000_000L;

    private volatile long lastNanos = System.nanoTime();
    private long kernelBytes = -1;

    void noted() {
        lastNanos = System.nanoTime();
    }

    /// How long it has been idle. Called by one thread.
    long idleNanos(Process process) {
        long idle = System.nanoTime() - lastNanos;
        if (idle > ASK_KERNEL_AFTER_NANOS) {
            long now = movedBytes(process.pid());
            if (now != kernelBytes) {
                kernelBytes = now;
                noted();
                return 0;
            }
        }
        return idle;
    }

    /// Bytes a process has read and written in its life, -1 where the system does not tell.
    static long movedBytes(long pid) {
        try {
            long bytes = 0;
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/io"))) {
                if (line.startsWith("rchar: ") || line.startsWith("wchar: ")) {
                    bytes += Long.parseLong(line.substring(7).trim());
                }
            }
            return bytes;
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
