package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Checker;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every codec that can be planned packet by packet: planned, rendered, and judged by decoding.
@Timeout(120)
class CodecIT {

    private static FfmpegInstallation ffmpeg;

    @TempDir private Path work;

    @BeforeAll
    static void locate() throws Exception {
        ffmpeg = FfmpegInstallation.locate(System.getProperty("tapedeck.ffmpeg", "ffmpeg"));
    }

    @ParameterizedTest
    @CsvSource({
        "matroska, -c:v mjpeg -q:v 3 -c:a pcm_s16le -ar 44100 -ac 1",
        "matroska, -vn -c:a pcm_u8 -ar 8000 -ac 1",
        "matroska, -vn -c:a pcm_s24be -ac 2",
        "matroska, -vn -c:a pcm_f32le -ac 2 -ar 32000",
        "matroska, -vn -c:a pcm_s16le -ac 6",
        "matroska, -vn -c:a libmp3lame -b:a 64k -ar 44100 -ac 2",
        "matroska, -vn -c:a libmp3lame -ar 22050 -ac 1",
        "matroska, -vn -c:a mp2 -ac 2",
        "matroska, -vn -c:a ac3 -ac 6",
        "matroska, -vn -c:a eac3 -ar 44100 -ac 2",
        "matroska, -vn -c:a flac -ar 44100 -ac 2",
        "matroska, -vn -c:a alac -ac 2",
        "matroska, -vn -c:a aac -ac 6",
        "matroska, -an -c:v libx265 -x265-params bframes=0:log-level=none",
        "matroska, -an -c:v libx265 -pix_fmt yuv420p10le -x265-params bframes=0:log-level=none",
        "mp4, -c:v libx265 -x265-params bframes=0:log-level=none -tag:v hvc1 -c:a aac -movflags +frag_keyframe+empty_moov",
        "matroska, -c:v libx265 -x265-params log-level=none -c:a libopus",
        "matroska, -c:v libx264 -bf 2 -c:a libmp3lame -ar 44100 -ac 2",
        "matroska, -an -c:v libvpx-vp9 -speed 8 -pix_fmt yuv420p10le",
        "matroska, -an -c:v libx264 -bf 0 -pix_fmt yuv444p",
        "matroska, -an -c:v libx264 -bf 0 -vf scale=319:241 -pix_fmt yuv444p"
    })
    void everyPictureAndSampleIsWhereItBelongs(String container, String how) throws Exception {
        var recording =
                new SyntheticRecording(work)
                        .make(
                                "source",
                                container,
                                List.of(
                                        SyntheticRecording.pictures("320x240", 15, 8),
                                        SyntheticRecording.sweep(8),
                                        List.of("-g", "30"),
                                        List.of(how.split(" "))));
        Path source = Files.write(work.resolve("source.mkv"), recording.runs().getFirst());

        var rendered = new Rendering(ffmpeg, recording, work).all();

        var findings = new Checker(work).check(List.of(source), rendered, Optional.empty());
        System.out.println(how + " " + findings.measures());
        assertThat(findings.problems()).isEmpty();
    }
}
