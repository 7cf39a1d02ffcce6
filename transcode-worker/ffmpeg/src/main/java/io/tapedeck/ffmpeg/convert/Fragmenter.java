package io.tapedeck.ffmpeg.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import io.tapedeck.ffmpeg.process.FfmpegRunner;
import io.tapedeck.timeline.ForeignContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.DoubleConsumer;

/// Makes fragmented MP4 of a recording in another container. Thread-safe.
///
/// Frames keep their times, counted from where the recording begins, and are copied where the
/// renderer can decode them: H.264, H.265, VP9, AV1, Opus, AAC-LC. Other sound becomes AAC, other
/// pictures become H.264.
public final class Fragmenter {

    /// An index may name the same bytes again and again. What is honest grows less than this, even
    /// when it was coded well and has to be encoded.
    private static final int MOST_GROWTH = 16;

    private static final long LEAST_BYTES = 64L << 20;

    /// How far a conversion is when it is known what is in the recording. From there on its pace
    /// says how long it takes.
    public static final double SURVEYED = 0.1;

    private final FfmpegInstallation ffmpeg;
    private final long maxBytes;

    /// @param maxBytes of what comes out
    public Fragmenter(FfmpegInstallation ffmpeg, long maxBytes) {
        this.ffmpeg = ffmpeg;
        this.maxBytes = maxBytes;
    }

    /// Converts a file. Blocks until it is done and ffmpeg is gone.
    ///
    /// @param converted is written; whole only when this returns
    /// @param progress is told some times a second how far it is, 0 to 1, by bytes read
    /// @throws FfmpegException it could not be converted, or not within the limits
    /// @throws IOException `converted` could not be written
    public void convert(
            ForeignContainer container,
            Path file,
            Path converted,
            DoubleConsumer progress,
            Cancellation cancellation)
            throws FfmpegException, IOException {
        long sizeBytes = Files.size(file);
        long limitBytes = Math.max(LEAST_BYTES, MOST_GROWTH * sizeBytes);
        var limits = FfmpegLimits.forConversion(Math.min(limitBytes, maxBytes));
        var runner = new FfmpegRunner(ffmpeg, limits);
        var command = new FragmentCommand(container, file);
        var survey = new Survey();
        var surveyed = new ReadShare(sizeBytes, share -> progress.accept(SURVEYED * share));
        runner.run(
                command.survey(),
                _ -> {},
                stdout -> read(surveyed.counting(stdout), survey),
                surveyed::moved,
                cancellation);
        var fragmented =
                new ReadShare(
                        sizeBytes, share -> progress.accept(SURVEYED + (1 - SURVEYED) * share));
        runner.run(
                command.fragment(survey),
                _ -> {},
                stdout ->
                        Files.copy(
                                fragmented.counting(stdout),
                                converted,
                                StandardCopyOption.REPLACE_EXISTING),
                fragmented::moved,
                cancellation);
    }

    private static void read(InputStream stdout, Survey survey) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(stdout, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            survey.take(line);
        }
    }
}
