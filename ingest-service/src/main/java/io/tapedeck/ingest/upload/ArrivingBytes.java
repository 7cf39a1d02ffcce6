package io.tapedeck.ingest.upload;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A body on its way in. A connection that breaks ends it, so that what came before is kept; that
/// it broke can be asked for. For one thread at a time.
final class ArrivingBytes extends InputStream {

    private static final int NOTHING = -2;

    private final InputStream source;
    private final long announcedBytes;
    private final @Nullable MessageDigest digest;
    private int peeked = NOTHING;
    private long countBytes;
    private @Nullable IOException failure;

    /// @param announcedBytes as announced; -1 when not. Fewer are a cut
    /// @param digest of all bytes, when somebody wants it
    ArrivingBytes(InputStream source, long announcedBytes, @Nullable MessageDigest digest) {
        this.source = source;
        this.announcedBytes = announcedBytes;
        this.digest = digest;
    }

    /// Waits for another byte.
    boolean isAtEnd() {
        if (peeked == NOTHING) {
            byte[] one = new byte[1];
            peeked = take(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }
        return peeked < 0;
    }

    @Override
    public int read() {
        int next = isAtEnd() ? -1 : peeked;
        peeked = next < 0 ? -1 : NOTHING;
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (peeked == -1) {
            return -1;
        }
        if (peeked == NOTHING) {
            return take(buffer, offset, length);
        }
        buffer[offset] = (byte) read();
        return 1;
    }

    private int take(byte[] buffer, int offset, int length) {
        try {
            int count = source.read(buffer, offset, length);
            if (count > 0) {
                countBytes += count;
                if (digest != null) {
                    digest.update(buffer, offset, count);
                }
            }
            return count;
        } catch (IOException e) {
            failure = e;
            peeked = -1;
            return -1;
        }
    }

    /// Whether it ended before its end.
    boolean wasCut() {
        return failure != null || countBytes < announcedBytes;
    }

    /// Why it ended early; null when the source said nothing.
    @Nullable IOException failure() {
        return failure;
    }
}
