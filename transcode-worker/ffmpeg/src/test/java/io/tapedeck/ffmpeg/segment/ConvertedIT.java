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
import java.util.Locale;
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
        "vp9.mp4, -c:v libvpx-vp9 -speed 8 -c:a libopus",
        "hevc.mp4, -c:v libx265 -x265-params bframes=0:log-level=none -c:a aac",
        "h264.ts, -c:v libx264 -bf 2 -c:a aac",
        "hevc.ts, -c:v libx265 -x265-params log-level=none -c:a aac",
        "mpeg2.ts, -c:v mpeg2video -q:v 3 -c:a mp2",
        "mpeg4.avi, -c:v mpeg4 -q:v 3 -c:a libmp3lame",
        "h264.avi, -c:v libx264 -bf 0 -c:a pcm_s16le",
        "h264.flv, -c:v libx264 -bf 0 -c:a aac -ar 44100",
        "vorbis.mkv, -c:v libx265 -x265-params log-level=none -c:a libvorbis",
        "vp8.webm, -c:v libvpx -c:a libvorbis",
        "prores.mov, -c:v prores -c:a pcm_s16le",
        "sound.mp3, -vn -c:a libmp3lame",
        "sound.wav, -vn -c:a pcm_s24le -ar 96000",
        "sound.flac, -vn -c:a flac",
        "sound.aac, -vn -c:a aac",
        "sound.aiff, -vn -c:a pcm_s16be",
        "sound.caf, -vn -c:a alac",
        "sound.w64, -vn -c:a pcm_s16le"
    })
    void everyPictureAndSampleIsWhereItBelongs(String name, String how) throws Exception {
        Path source = make(name, how);

        byte[] converted = Files.readAllBytes(convert(container(name), source));

        var recording = new Recording(name, List.of(converted));
        var rendered = new Rendering(ffmpeg, recording, work).all();
        var findings =
                new Checker(work).check(List.of(reference(source)), rendered, Optional.empty());
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
                                _ -> {},
                                Cancellation.never()))
                .extracting(FfmpegException::exit)
                .isInstanceOf(FfmpegExit.OutputTooLarge.class);
    }

    @Test
    void saysHowFarItIs() throws Exception {
        // Raw pictures take long enough to be read for some reports.
        Path source = make("raw.avi", "-c:v rawvideo -pix_fmt yuv420p -c:a pcm_s16le");
        var told = new ArrayList<Double>();

        new Fragmenter(ffmpeg, 64 * MIB)
                .convert(
                        ForeignContainer.AVI,
                        source,
                        work.resolve("converted"),
                        told::add,
                        Cancellation.never());

        assertThat(told).isSorted().allMatch(share -> share >= 0 && share <= 1);
        assertThat(told).anyMatch(share -> share > Fragmenter.SURVEYED && share < 1);
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
                .convert(container, source, converted, _ -> {}, Cancellation.never());
        return converted;
    }

    /// What the checker can read: it goes by times as they are, and decodes all there is. So a
    /// stream has to begin at 0, and sound must not have what its header says to leave out.
    private Path reference(Path source) throws Exception {
        return switch (container(source.getFileName().toString())) {
            case MPEG_TS -> remade(source, "reference.mp4", "copy");
            case MP3 -> remade(source, "reference.wav", "pcm_s16le");
            default -> source;
        };
    }

    private Path remade(Path source, String name, String coding) throws Exception {
        Path file = work.resolve(name);
        var command =
                List.of(
                        "ffmpeg",
                        "-y",
                        "-v",
                        "error",
                        "-i",
                        source.toString(),
                        "-c",
                        coding,
                        file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return file;
    }

    private static ForeignContainer container(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "mp4", "mov" -> ForeignContainer.MP4;
            case "mkv", "webm" -> ForeignContainer.MATROSKA;
            case "ts" -> ForeignContainer.MPEG_TS;
            case "wmv" -> ForeignContainer.ASF;
            case "ogg", "ogv" -> ForeignContainer.OGG;
            case String other -> ForeignContainer.valueOf(other.toUpperCase(Locale.ROOT));
        };
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
