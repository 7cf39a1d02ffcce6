package io.tapedeck.ffmpeg.export;

import static io.tapedeck.ffmpeg.export.ExportException.Reason.CANCELLED;
import static io.tapedeck.ffmpeg.export.ExportException.Reason.EMPTY;
import static io.tapedeck.ffmpeg.export.ExportException.Reason.FFMPEG_FAILED;
import static io.tapedeck.ffmpeg.export.ExportException.Reason.SOURCE_UNREADABLE;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegExit;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import io.tapedeck.ffmpeg.process.FfmpegRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import net.bramp.ffmpeg.progress.StreamProgressParser;

/// Copies rendered segments into one MP4 file that plays while it is being downloaded. Thread-safe.
///
/// Nothing is encoded again. The file starts at time 0 and keeps the session's timeline: what is
/// missing between two segments is missing in the file. Its index is moved to the front in a second
/// pass over the file, which costs no more space but about as much time as writing it.
public final class Mp4Exporter {

    private final FfmpegRunner runner;
    private final Path workDirectory;

    /// @param workDirectory where files are made; created when missing
    public Mp4Exporter(FfmpegInstallation ffmpeg, FfmpegLimits limits, Path workDirectory) {
        this.runner = new FfmpegRunner(ffmpeg, limits);
        this.workDirectory = workDirectory;
    }

    /// Makes the file. Blocks until it is done and ffmpeg is gone. Nothing is left behind when it
    /// fails.
    ///
    /// @param segments of one rendition, in order; timestamps may jump forward between them
    public ExportedFile export(
            List<ExportSource> segments, ExportListener listener, Cancellation cancellation)
            throws ExportException {
        if (segments.isEmpty()) {
            throw new ExportException(
                    EMPTY, "There is nothing to export: the session has no rendered part yet.");
        }
        long totalBytes = segments.stream().mapToLong(ExportSource::sizeBytes).sum();
        return NewFile.make(
                workDirectory,
                "export-",
                file -> {
                    new DiskSpace(workDirectory).require(totalBytes);
                    return export(
                            segments, new ExportProgress(totalBytes, listener), file, cancellation);
                });
    }

    private ExportedFile export(
            List<ExportSource> segments,
            ExportProgress progress,
            Path file,
            Cancellation cancellation)
            throws ExportException, IOException {
        try {
            runner.run(
                    command(file),
                    stdin -> feed(segments, stdin, progress),
                    stdout -> new StreamProgressParser(progress::reported).processStream(stdout),
                    progress::moved,
                    cancellation);
        } catch (FfmpegException e) {
            throw failure(e);
        } catch (SourceException e) {
            throw new ExportException(
                    SOURCE_UNREADABLE,
                    "A part of the recording could not be read from the store: " + e.getMessage(),
                    e.failure);
        }
        progress.finished();
        return new ExportedFile(file, Files.size(file), Mp4File.duration(file));
    }

    static FFmpegBuilder command(Path file) {
        var builder =
                new FFmpegBuilder()
                        .setVerbosity(FFmpegBuilder.Verbosity.ERROR)
                        // Without copyts a hole of some seconds would be closed up.
                        .addExtraArgs("-hide_banner", "-nostdin", "-copyts", "-start_at_zero")
                        .addExtraArgs("-progress", "pipe:1", "-stats_period", "0.5");
        builder.addInput("pipe:0")
                .setFormat("mpegts")
                .addExtraArgs("-protocol_whitelist", "pipe")
                .addExtraArgs("-format_whitelist", "mpegts")
                .addExtraArgs("-codec_whitelist", "h264,aac");
        builder.addOutput(file.toAbsolutePath())
                .setFormat("mp4")
                .addExtraArgs("-map", "0:v:0?", "-map", "0:a:0?")
                .addExtraArgs("-map_metadata", "-1", "-c", "copy", "-bsf:a", "aac_adtstoasc")
                .addExtraArgs("-video_track_timescale", "90000", "-movflags", "+faststart");
        return builder;
    }

    private static void feed(
            List<ExportSource> segments, OutputStream stdin, ExportProgress progress)
            throws IOException {
        var buffer = new byte[1 << 16];
        for (var segment : segments) {
            try (var bytes = open(segment)) {
                for (int n = read(bytes, buffer); n >= 0; n = read(bytes, buffer)) {
                    stdin.write(buffer, 0, n);
                    progress.fed(n);
                }
            }
        }
        progress.allFed();
    }

    private static InputStream open(ExportSource segment) throws SourceException {
        try {
            return segment.opener().open();
        } catch (IOException e) {
            throw new SourceException(e);
        }
    }

    private static int read(InputStream bytes, byte[] buffer) throws SourceException {
        try {
            return bytes.read(buffer);
        } catch (IOException e) {
            throw new SourceException(e);
        }
    }

    static ExportException failure(FfmpegException e) {
        var exit = e.exit();
        if (exit instanceof FfmpegExit.Cancelled) {
            return new ExportException(CANCELLED, "The export was cancelled.", e);
        }
        if (exit.sentence().contains("No space left on device")) {
            return DiskSpace.full(e);
        }
        return new ExportException(
                FFMPEG_FAILED, "The file could not be made: " + exit.sentence(), e);
    }

    /// A segment could not be read, as opposed to ffmpeg or the disk failing.
    private static final class SourceException extends IOException {
        private static final long serialVersionUID = 1L;

        private final IOException failure;

        SourceException(IOException failure) {
            super(failure.getMessage(), failure);
            this.failure = failure;
        }
    }
}
