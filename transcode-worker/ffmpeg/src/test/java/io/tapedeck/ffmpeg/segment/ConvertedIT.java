package io.tapedeck.ffmpeg.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.checker.Checker;
import io.tapedeck.ffmpeg.convert.Fragmenter;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegExit;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.timeline.ForeignContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Recordings in containers that cannot be planned while they come: converted, planned, rendered,
/// and judged by decoding.
@Timeout(120)
class ConvertedIT {

    private static final long MIB = 1L << 20;
    private static final String PICTURE = "testsrc2=size=320x240:rate=30";
    private static final String SOUND =
            "aevalsrc=0.3*sin(2*PI*t*(300+40*t))+0.1*sin(2*PI*1100*t):s=48000";

    private static FfmpegInstallation ffmpeg;

    @TempDir private Path work;

    @BeforeAll
    static void locate() throws Exception {
        ffmpeg = FfmpegInstallation.locate(System.getProperty("tapedeck.ffmpeg", "ffmpeg"));
    }

    /// Names a file, and how it is made of a test picture and music.
    @ParameterizedTest
    @CsvSource({
        "opus.ogg, -vn -c:a libopus",
        "vorbis.ogg, -vn -c:a libvorbis",
        "flac.ogg, -vn -c:a flac",
        "video.ogv, -c:v libtheora -q:v 8 -c:a libvorbis",
        "end.mp4, -c:v libx264 -bf 0 -c:a aac",
        "start.mp4, -c:v libx264 -bf 0 -c:a aac -movflags +faststart",
        "reordered.mp4, -c:v libx264 -crf 12 -bf 2 -c:a aac -ar 44100",
        "silent.mp4, -an -c:v libx264 -bf 0",
        "mp3.mp4, -vn -c:a libmp3lame",
        "vp9.mp4, -c:v libvpx-vp9 -speed 8 -c:a libopus"
    })
    void everyPictureAndSampleIsWhereItBelongs(String name, String how) throws Exception {
        Path source = make(name, how);

        byte[] converted = Files.readAllBytes(convert(container(name), source));

        var recording = new Recording(name, List.of(converted));
        var rendered = new Rendering(ffmpeg, recording, work).all();
        var findings = new Checker(work).check(List.of(source), rendered, Optional.empty());
        System.out.println(name + " " + findings.measures());
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void oggIsReadOnBehindMissingBytes() throws Exception {
        Path source = make("opus.ogg", "-vn -c:a libopus");
        byte[] whole = Files.readAllBytes(source);
        byte[] rest = new byte[whole.length - 20_000];
        System.arraycopy(whole, 0, rest, 0, 30_000);
        System.arraycopy(whole, 50_000, rest, 30_000, rest.length - 30_000);

        byte[] converted =
                Files.readAllBytes(convert(ForeignContainer.OGG, Files.write(source, rest)));

        var recording = new Recording("ogg", List.of(converted));
        double seconds =
                new Rendering(ffmpeg, recording, work)
                        .all().stream().mapToDouble(segment -> segment.seconds()).sum();
        assertThat(seconds).isBetween(7.9, 8.2);
    }

    @Test
    void damagedFilesAreRefused() throws Exception {
        byte[] garbage = new byte[100_000];
        new Random(20261121).nextBytes(garbage);
        byte[] ogg = garbage.clone();
        System.arraycopy("OggS".getBytes(US_ASCII), 0, ogg, 0, 4);
        byte[] mp4 = Files.readAllBytes(make("end.mp4", "-c:v libx264 -bf 0 -c:a aac"));

        assertRefused(ForeignContainer.OGG, ogg);
        assertRefused(ForeignContainer.MP4, garbage);
        assertRefused(ForeignContainer.MP4, Arrays.copyOf(mp4, mp4.length / 2));
        // The container is what it was found to be, whatever ffmpeg would think.
        assertRefused(ForeignContainer.OGG, mp4);
    }

    @Test
    void whatBecomesTooLargeIsStopped() throws Exception {
        Path source = make("end.mp4", "-c:v libx264 -bf 0 -c:a aac");
        var limited = new Fragmenter(ffmpeg, 50_000);

        assertThatExceptionOfType(FfmpegException.class)
                .isThrownBy(() ->
                        limited.convert(
                                ForeignContainer.MP4,
                                source,
                                work.resolve("converted"),
                                Cancellation.never()))
                .extracting(FfmpegException::exit)
                .isInstanceOf(FfmpegExit.OutputTooLarge.class);
    }

    private void assertRefused(ForeignContainer container, byte[] bytes) throws Exception {
        Path file = Files.write(work.resolve("damaged"), bytes);
        assertThatExceptionOfType(FfmpegException.class)
                .isThrownBy(() -> convert(container, file))
                .matches(e -> !e.exit().retryable(), "not worth another try");
    }

    private Path convert(ForeignContainer container, Path source) throws Exception {
        Path converted = work.resolve("converted");
        new Fragmenter(ffmpeg, 64 * MIB)
                .convert(container, source, converted, Cancellation.never());
        return converted;
    }

    private static ForeignContainer container(String name) {
        return name.endsWith(".mp4") ? ForeignContainer.MP4 : ForeignContainer.OGG;
    }

    private Path make(String name, String how) throws Exception {
        Path file = work.resolve(name);
        List<String> command =
                new ArrayList<>(
                        List.of("ffmpeg", "-y", "-v", "error", "-f", "lavfi", "-i", PICTURE));
        command.addAll(List.of("-f", "lavfi", "-i", SOUND, "-t", "8", "-g", "60", "-ac", "2"));
        command.addAll(List.of(how.split(" ")));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
        return file;
    }
}
