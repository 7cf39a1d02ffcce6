package io.tapedeck.ffmpeg.convert;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;

/// How much of a file ffmpeg has read: what the system says that it has moved, less what it has
/// written to us. A demuxer that reads some bytes twice is ahead of itself, and then waits at 1.
final class ReadShare {

    private final long sizeBytes;
    private final DoubleConsumer share;
    private final AtomicLong writtenBytes = new AtomicLong();

    /// @param share takes 0 to 1
    ReadShare(long sizeBytes, DoubleConsumer share) {
        this.sizeBytes = Math.max(1, sizeBytes);
        this.share = share;
    }

    /// Its standard output, to be read from here.
    InputStream counting(InputStream stdout) {
        return new FilterInputStream(stdout) {

            @Override
            public int read() throws IOException {
                int one = super.read();
                writtenBytes.addAndGet(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                writtenBytes.addAndGet(Math.max(0, count));
                return count;
            }
        };
    }

    /// @param bytes read and written in all, -1 where the system does not tell
    void moved(long bytes) {
        if (bytes >= 0) {
            share.accept(Math.clamp((double) (bytes - writtenBytes.get()) / sizeBytes, 0, 1));
        }
    }
}
