package io.tapedeck.ffmpeg.process;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A guest's standard output: notes progress and stops at a limit.
final class WatchedInput extends FilterInputStream {

    private final Activity activity;
    private long leftBytes;

    WatchedInput(InputStream stdout, Activity activity, long limitBytes) {
        super(stdout);
        this.activity = activity;
        this.leftBytes = limitBytes;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = in.read(bytes, offset, length);
        if (n > 0) {
            activity.noted();
            leftBytes -= n;
            if (leftBytes < 0) {
                throw new TooMuchException();
            }
        }
        return n;
    }

    /// The guest wrote more than it may.
    static final class TooMuchException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
