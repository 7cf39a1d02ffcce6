package io.tapedeck.ingest.chunk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

/// Counts and digests the bytes that pass, and stops at a limit of size or of time. For one thread
/// at a time.
public final class DigestingStream extends FilterInputStream {

    /// More bytes came than allowed.
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long maxBytes) {
            super("more than %d bytes".formatted(maxBytes));
        }
    }

    /// The bytes came one by one for too long.
    public static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlowException(Instant deadline) {
            super("not at its end at %s".formatted(deadline));
        }
    }

    private final MessageDigest digest;
    private final long maxBytes;
    private final InstantSource clock;
    private final Instant deadline;
    private long sizeBytes;
    private boolean failed;

    /// @param patience from now to the last byte
    public DigestingStream(
            InputStream source, long maxBytes, InstantSource clock, Duration patience) {
        super(source);
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.deadline = clock.instant().plus(patience);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = readSource(buffer, offset, length);
        if (count > 0) {
            digest.update(buffer, offset, count);
            sizeBytes += count;
            if (sizeBytes > maxBytes) {
                throw new TooLongException(maxBytes);
            }
            if (clock.instant().isAfter(deadline)) {
                throw new TooSlowException(deadline);
            }
        }
        return count;
    }

    private int readSource(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public long skip(long count) {
        throw new UnsupportedOperationException("every byte is digested");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /// Whether the source failed, and not what the bytes were given to.
    public boolean failed() {
        return failed;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /// Of all bytes so far, lower-case hex. Only once, at the end.
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
