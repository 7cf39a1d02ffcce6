package io.tapedeck.ingest.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bytes that may only be so many. For one thread at a time.
final class BoundedStream extends FilterInputStream {

    private final long mostBytes;
    private long readBytes;

    BoundedStream(InputStream in, long mostBytes) {
        super(in);
        this.mostBytes = mostBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int read = super.read(bytes, from, count);
        readBytes += Math.max(read, 0);
        if (readBytes > mostBytes) {
            throw FeedProblem.NOT_UNDERSTOOD.whileReading(
                    "What the camera sends in one piece is longer than %d MiB."
                            .formatted(mostBytes >> 20));
        }
        return read;
    }
}
