package io.tapedeck.ffmpeg.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;
import net.bramp.ffmpeg.FFmpeg;
import net.bramp.ffmpeg.builder.FFmpegBuilder;

/// Runs ffmpeg once per call and returns when it is gone, whatever happens. Thread-safe.
public final class FfmpegRunner {

    private final FfmpegInstallation installation;
    private final FfmpegLimits limits;

    public FfmpegRunner(FfmpegInstallation installation, FfmpegLimits limits) {
        this.installation = installation;
        this.limits = limits;
    }

    /// Runs it.
    ///
    /// @param feeder writes its standard input, in a thread of its own; the end of the method is
    ///   the end of the input
    /// @param reader reads its standard output, in a thread of its own, to the end
    /// @throws FfmpegException it did not finish with status 0 within its limits
    /// @throws IOException `feeder` or `reader` failed, with their exception; ffmpeg was stopped
    public void run(FFmpegBuilder builder, Feeder feeder, Reader reader, Cancellation cancellation)
            throws FfmpegException, IOException {
        run(builder, feeder, reader, _ -> {}, cancellation);
    }

    /// Runs it, and is told some times a second how much it has done.
    ///
    /// @param movedBytes takes how many bytes ffmpeg has read and written in all, files included,
    ///   or -1 where the system does not tell; called by the calling thread
    public void run(
            FFmpegBuilder builder,
            Feeder feeder,
            Reader reader,
            LongConsumer movedBytes,
            Cancellation cancellation)
            throws FfmpegException, IOException {
        var guest = new GuestRun(installation, limits, feeder, reader, movedBytes, cancellation);
        IOException wrapperFailure = null;
        try {
            new FFmpeg(installation.path(), guest).run(builder);
        } catch (IOException e) {
            // What the wrapper makes of a status other than 0; the guest knows more.
            wrapperFailure = e;
        }
        guest.throwUnlessFinished(wrapperFailure);
    }

    /// Writes what ffmpeg reads.
    @FunctionalInterface
    public interface Feeder {

        /// @param stdin fails with [GuestGoneException] when ffmpeg does not want more, which is no
        ///   error and should just be passed on
        void feed(OutputStream stdin) throws IOException;
    }

    /// Reads what ffmpeg writes.
    @FunctionalInterface
    public interface Reader {
        void read(InputStream stdout) throws IOException;
    }

    /// ffmpeg has closed its standard input.
    public static final class GuestGoneException extends IOException {

        private static final long serialVersionUID = 1L;

        GuestGoneException(IOException cause) {
            super("ffmpeg reads no further", cause);
        }
    }
}
