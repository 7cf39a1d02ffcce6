package io.tapedeck.ffmpeg.process;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// A guest's standard input: notes progress, and tells a guest that is gone from a host that fails.
final class WatchedOutput extends FilterOutputStream {

    private final Activity activity;

    WatchedOutput(OutputStream stdin, Activity activity) {
        super(stdin);
        this.activity = activity;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new FfmpegRunner.GuestGoneException(e);
        }
        activity.noted();
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new FfmpegRunner.GuestGoneException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            throw new FfmpegRunner.GuestGoneException(e);
        }
    }
}
