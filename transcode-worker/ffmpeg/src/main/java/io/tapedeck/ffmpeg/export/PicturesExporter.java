package io.tapedeck.ffmpeg.export;

import io.tapedeck.ffmpeg.matroska.MatroskaWriter;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import io.tapedeck.ffmpeg.process.FfmpegRunner;
import io.tapedeck.timeline.Ticks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import net.bramp.ffmpeg.progress.StreamProgressParser;

/// Makes an MP4 of JPEG pictures: each once, in order, 15 a second, all in the size of the first.
/// H.264, 4:2:0, quality 23, the fastest preset, index in front. Thread-safe.
public final class PicturesExporter {

    public static final int FRAMES_PER_SECOND = 15;

    private final FfmpegRunner runner;
    private final Path workDirectory;

    /// @param workDirectory where files are made; created when missing
    public PicturesExporter(FfmpegInstallation ffmpeg, FfmpegLimits limits, Path workDirectory) {
        this.runner = new FfmpegRunner(ffmpeg, limits);
        this.workDirectory = workDirectory;
    }

    /// Where pictures come from.
    public interface Source {

        /// How many bytes will be read, for progress.
        long sizeBytes();

        /// Hands over all pictures, in order.
        ///
        /// @throws ExportException they cannot be read; it reaches who called [#export]
        void read(Sink sink) throws ExportException, IOException;
    }

    /// Takes pictures.
    public interface Sink {

        /// @param widthPixels of the first one; others are as large as they are
        /// @param readBytes how many bytes were read so far
        void picture(int widthPixels, int heightPixels, byte[] jpeg, long readBytes)
                throws IOException;
    }

    /// Makes the file. Blocks until it is done and ffmpeg is gone. Nothing is left behind when it
    /// fails.
    public ExportedFile export(Source source, ExportListener listener, Cancellation cancellation)
            throws ExportException {
        return NewFile.make(
                workDirectory, "pictures-", file -> export(source, file, listener, cancellation));
    }

    private ExportedFile export(
            Source source, Path file, ExportListener listener, Cancellation cancellation)
            throws ExportException, IOException {
        var progress = new ExportProgress(source.sizeBytes(), listener);
        try {
            runner.run(
                    command(file),
                    stdin -> feed(source, stdin, progress),
                    stdout -> new StreamProgressParser(progress::reported).processStream(stdout),
                    progress::moved,
                    cancellation);
        } catch (FfmpegException e) {
            throw Mp4Exporter.failure(e);
        } catch (SourceException e) {
            throw e.failure;
        }
        progress.finished();
        return new ExportedFile(file, Files.size(file), Mp4File.duration(file));
    }

    static FFmpegBuilder command(Path file) {
        var builder =
                new FFmpegBuilder()
                        .setVerbosity(FFmpegBuilder.Verbosity.ERROR)
                        .addExtraArgs("-hide_banner", "-nostdin")
                        .addExtraArgs("-progress", "pipe:1", "-stats_period", "0.5");
        builder.addInput("pipe:0")
                .setFormat("matroska")
                .addExtraArgs("-protocol_whitelist", "pipe")
                .addExtraArgs("-format_whitelist", "matroska")
                .addExtraArgs("-codec_whitelist", "mjpeg")
                // Whatever the stream says.
                .addExtraArgs("-r", Integer.toString(FRAMES_PER_SECOND));
        builder.addOutput(file.toAbsolutePath())
                .setFormat("mp4")
                .addExtraArgs("-map", "0:v:0", "-map_metadata", "-1")
                // JPEG has all values from 0 to 255, video has not; and 4:2:0 has even sides.
                .addExtraArgs(
                        "-vf", "scale=out_range=tv,pad=ceil(iw/2)*2:ceil(ih/2)*2,format=yuv420p")
                .addExtraArgs("-color_range", "tv")
                .addExtraArgs("-c:v", "libx264", "-preset", "ultrafast", "-crf", "23")
                // A picture that cannot be decoded is the one before it once more.
                .addExtraArgs("-r", Integer.toString(FRAMES_PER_SECOND), "-fps_mode", "cfr")
                .addExtraArgs("-movflags", "+faststart");
        return builder;
    }

    private static void feed(Source source, OutputStream stdin, ExportProgress progress)
            throws IOException {
        var feed = new Feed(stdin, progress);
        try {
            source.read(feed);
        } catch (ExportException e) {
            throw new SourceException(e);
        }
        progress.allFed();
    }

    private static final class Feed implements Sink {

        private static final long TICKS_EACH = Ticks.PER_SECOND / FRAMES_PER_SECOND;

        private final OutputStream stdin;
        private final ExportProgress progress;
        private Optional<MatroskaWriter> writer = Optional.empty();
        private long count;
        private long fedBytes;

        Feed(OutputStream stdin, ExportProgress progress) {
            this.stdin = stdin;
            this.progress = progress;
        }

        @Override
        public void picture(int widthPixels, int heightPixels, byte[] jpeg, long readBytes)
                throws IOException {
            if (writer.isEmpty()) {
                var pictures = new MatroskaWriter.Pictures("V_MJPEG", widthPixels, heightPixels);
                writer =
                        Optional.of(
                                new MatroskaWriter(stdin, Optional.of(pictures), Optional.empty()));
            }
            writer.get().picture(count * TICKS_EACH, true, jpeg);
            count++;
            progress.fed((int) (readBytes - fedBytes));
            fedBytes = readBytes;
        }
    }

    /// The pictures cannot be read, as opposed to ffmpeg or the disk failing.
    private static final class SourceException extends IOException {
        private static final long serialVersionUID = 1L;

        private final ExportException failure;

        SourceException(ExportException failure) {
            super(failure.getMessage(), failure);
            this.failure = failure;
        }
    }
}
