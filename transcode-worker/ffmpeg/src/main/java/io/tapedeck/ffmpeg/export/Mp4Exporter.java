package io.tapedeck.ffmpeg.export;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import java.nio.file.Path;
import java.util.List;

/// Copies rendered segments into one MP4 file that plays while it is being downloaded. Thread-safe.
public final class Mp4Exporter {

    private final FfmpegInstallation ffmpeg;
    private final FfmpegLimits limits;
    private final Path workDirectory;

    /// @param workDirectory where files are made; created when missing
    public Mp4Exporter(FfmpegInstallation ffmpeg, FfmpegLimits limits, Path workDirectory) {
        this.ffmpeg = ffmpeg;
        this.limits = limits;
        this.workDirectory = workDirectory;
    }

    /// Makes the file. Blocks until it is done and ffmpeg is gone. Nothing is left behind when it
    /// fails.
    ///
    /// @param segments of one rendition, in order; timestamps may jump forward between them
    public ExportedFile export(
            List<ExportSource> segments, ExportListener listener, Cancellation cancellation)
            throws ExportException {
        throw new UnsupportedOperationException(
                ffmpeg + " " + limits + workDirectory + segments + listener + cancellation);
    }
}
