package io.tapedeck.ingest.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Bytes of a camera that has to make something of them: who drips a byte now and then keeps a
/// connection, but is as silent as one who sends nothing. For one thread at a time.
final class PatientStream extends FilterInputStream {

    private final Duration patience;
    private final String missing;
    private final Deadline deadline;
    private long progressNanos = System.nanoTime();

    /// @param patience from one [#progress] to the next
    /// @param missing what did not come, for people: "whole picture"
    /// @param breakOff lets a read fail that waits too long; it must not block
    PatientStream(InputStream in, Duration patience, String missing, Runnable breakOff) {
        super(in);
        this.patience = patience;
        this.missing = missing;
        this.deadline = new Deadline(breakOff);
    }

    /// What came made sense.
    void progress() {
        progressNanos = System.nanoTime();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        Duration left = patience.minusNanos(System.nanoTime() - progressNanos);
        if (!left.isPositive()) {
            throw Deadline.silent(patience, missing);
        }
        return deadline.keep(
                left, () -> Deadline.silent(patience, missing), () -> in.read(bytes, from, count));
    }
}
