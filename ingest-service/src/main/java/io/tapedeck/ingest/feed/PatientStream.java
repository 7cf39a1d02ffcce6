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
    private long progressNanos = System.nanoTime();

    /// @param patience from one [#progress] to the next
    /// @param missing what did not come, for people: "whole picture"
    PatientStream(InputStream in, Duration patience, String missing) {
        super(in);
        this.patience = patience;
        this.missing = missing;
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
        if (System.nanoTime() - progressNanos > patience.toNanos()) {
            throw FeedProblem.SILENT.whileReading(
                    "Bytes come, but no %s for %d s.".formatted(missing, patience.toSeconds()));
        }
        return super.read(bytes, from, count);
    }
}
