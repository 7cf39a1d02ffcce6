package io.tapedeck.ffmpeg.preview;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import io.tapedeck.ffmpeg.process.FfmpegRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.bramp.ffmpeg.builder.FFmpegBuilder;

/// Makes JPEGs of coded pictures. Thread-safe.
public final class PictureMaker {

    private final FfmpegRunner runner;

    public PictureMaker(FfmpegInstallation ffmpeg) {
        this.runner = new FfmpegRunner(ffmpeg, FfmpegLimits.forPictures());
    }

    /// A coded picture that is read when its turn comes: any number of them takes the memory of
    /// one.
    @FunctionalInterface
    public interface Coded {

        /// @return H.264, an access unit that needs no other
        /// @see io.tapedeck.ffmpeg.segment.FirstPicture
        byte[] read() throws IOException;
    }

    /// Scales pictures and lays them side by side, row by row; what is left of the last row is
    /// black.
    ///
    /// @param pictures at least one and at most as many as there is place for; read by another
    ///   thread, one after the other
    /// @return a JPEG of `columns` times `rows` tiles
    /// @throws FfmpegException nothing came of them
    /// @throws IOException ffmpeg could not be run, or a picture not be read (then its exception)
    public byte[] sheet(List<Coded> pictures, Sheet sheet, Cancellation cancellation)
            throws FfmpegException, IOException {
        var jpeg = new ByteArrayOutputStream(1 << 16);
        runner.run(
                command(sheet),
                stdin -> {
                    for (Coded picture : pictures) {
                        stdin.write(picture.read());
                    }
                },
                stdout -> stdout.transferTo(jpeg),
                cancellation);
        if (jpeg.size() == 0) {
            throw FfmpegException.refused("none of them can be decoded");
        }
        return jpeg.toByteArray();
    }

    static FFmpegBuilder command(Sheet sheet) {
        var builder =
                new FFmpegBuilder()
                        .setVerbosity(FFmpegBuilder.Verbosity.ERROR)
                        .addExtraArgs("-hide_banner", "-nostdin", "-filter_threads", "1");
        builder.addInput("pipe:0")
                .setFormat("h264")
                .addExtraArgs("-framerate", "1", "-threads:v", "1", "-c:v", "h264")
                .addExtraArgs("-protocol_whitelist", "pipe", "-format_whitelist", "h264")
                .addExtraArgs("-codec_whitelist", "h264");
        builder.addOutput("pipe:1")
                .setFormat("mjpeg")
                .addExtraArgs("-filter:v", filter(sheet), "-frames:v", "1")
                .addExtraArgs("-map_metadata", "-1", "-fps_mode", "passthrough")
                .addExtraArgs("-c:v", "mjpeg", "-q:v", "5", "-threads:v", "1");
        return builder;
    }

    /// JPEG has the full range of values, video has not.
    private static String filter(Sheet sheet) {
        String scaled =
                "scale=%d:%d:flags=area:out_range=full,setsar=1,format=yuvj420p"
                        .formatted(sheet.tileWidthPixels(), sheet.tileHeightPixels());
        return sheet.tiles() == 1
                ? scaled
                : scaled + ",tile=%dx%d".formatted(sheet.columns(), sheet.rows());
    }
}
