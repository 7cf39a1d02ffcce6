package io.tapedeck.ingest.upload;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The next piece of a longer body: ends with it, after so many bytes, or after so long a time. For
/// one thread at a time; closing it leaves the body open.
final class PieceStream extends InputStream {

    private final ArrivingBytes body;
    private final InstantSource clock;
    private final Instant deadline;
    private long leftBytes;

    /// @param patience after the first read beyond it the piece is over
    PieceStream(ArrivingBytes body, long maxBytes, InstantSource clock, Duration patience) {
        this.body = body;
        this.leftBytes = maxBytes;
        this.clock = clock;
        this.deadline = clock.instant().plus(patience);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (leftBytes == 0) {
            return -1;
        }
        int count = body.read(buffer, offset, (int) Math.min(length, leftBytes));
        if (count < 0) {
            return -1;
        }
        leftBytes = clock.instant().isAfter(deadline) ? 0 : leftBytes - count;
        return count;
    }
}
