package io.tapedeck.ffmpeg.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/// The last few kilobytes of what a guest says, however much it says.
final class MessageTail {

    private static final int LIMIT_BYTES = 4096;

    private final byte[] ring = new byte[LIMIT_BYTES];
    private long totalBytes;

    void drain(InputStream stderr) {
        var buffer = new byte[LIMIT_BYTES];
        try (stderr) {
            for (int n = stderr.read(buffer); n >= 0; n = stderr.read(buffer)) {
                append(buffer, n);
            }
        } catch (IOException e) {
            // The pipe was closed under a process that is gone.
        }
    }

    private synchronized void append(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (totalBytes++ % LIMIT_BYTES)] = bytes[i];
        }
    }

    /// What is left of it: printable, without what ffmpeg repeats.
    synchronized String text() {
        int length = (int) Math.min(totalBytes, LIMIT_BYTES);
        var tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = ring[(int) ((totalBytes - length + i) % LIMIT_BYTES)];
        }
        return new String(tail, UTF_8).replaceAll("[^\\P{Cntrl}\\n]", " ").strip();
    }
}
