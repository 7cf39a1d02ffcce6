package io.tapedeck.ffmpeg.segment;

import static io.tapedeck.ffmpeg.segment.SyntheticRecording.pictures;
import static io.tapedeck.ffmpeg.segment.SyntheticRecording.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Checker;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Windows that are rendered together come out as when each is rendered alone, and stand the same
/// judgement.
@Execution(ExecutionMode.CONCURRENT)
class NeighboursIT {

    private static final int TOGETHER = 4;
    private static final List<String> CODECS =
            List.of(
                    "-c:v",
                    "libvpx",
                    "-deadline",
                    "realtime",
                    "-cpu-used",
                    "8",
                    "-g",
                    "60",
                    "-c:a",
                    "libopus",
                    "-b:a",
                    "64k");

    private static FfmpegInstallation ffmpeg;

    @TempDir private Path work;

    @BeforeAll
    static void locate() throws Exception {
        ffmpeg = FfmpegInstallation.locate(System.getProperty("tapedeck.ffmpeg", "ffmpeg"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chr-audio-webm-opus-t1000",
                "chr-mkv-avc1-480-t1000",
                "chr-mp4-avc1-pause-t1000",
                "chr-webm-vp8-canvas720-t1000",
                "chr-webm-vp8-pause-t1000",
                "chr-webm-vp8-resize-t1000",
                "ff-webm-vp8-restart5s",
            })
    void ofTheCorpus(String name) throws Exception {
        compare(Recording.load(name));
    }

    @Test
    void withPauses() throws Exception {
        compare(synthetic("select='lt(t,1.1)+between(t,5.7,6.3)+between(t,8.9,9)+gt(t,10.5)'", 13));
    }

    @Test
    void beforeTheFirstPicture() throws Exception {
        compare(synthetic("select='gte(t,5.1)'", 9));
    }

    @Test
    void withoutAPictureAtAll() throws Exception {
        compare(synthetic("select='lt(t,0.5)'", 11));
    }

    /// What is filled up with silence is ahead of pictures that are not there.
    @Test
    void withSoundThatBeginsLateAndPicturesThatPause() throws Exception {
        compare(
                new SyntheticRecording(work)
                        .make(
                                "late",
                                List.of(
                                        pictures("320x240", 15, 9),
                                        sweep(9),
                                        List.of("-vf", "select='lt(t,1)+gt(t,2.5)'"),
                                        List.of("-af", "aselect='between(t,0.2,1.2)'"),
                                        List.of("-fps_mode", "passthrough"),
                                        List.of("-c:v", "mjpeg", "-c:a", "pcm_s16le"))));
    }

    private Recording synthetic(String filter, double seconds) throws Exception {
        return new SyntheticRecording(work)
                .make(
                        "synthetic",
                        List.of(
                                pictures("320x240", 30, seconds),
                                sweep(seconds),
                                List.of("-vf", filter, "-fps_mode", "passthrough"),
                                CODECS));
    }

    private void compare(Recording recording) throws Exception {
        var alone = new Rendering(ffmpeg, recording, Files.createDirectory(work.resolve("alone")));
        var together =
                new Rendering(
                        ffmpeg,
                        recording,
                        Files.createDirectory(work.resolve("together")),
                        TOGETHER);

        alone.all();
        var segments = together.all();

        assertThat(together.contents()).isEqualTo(alone.contents());
        List<Path> runs = new ArrayList<>();
        for (byte[] run : recording.runs()) {
            runs.add(Files.write(work.resolve("run-" + runs.size()), run));
        }
        var findings = new Checker(work).check(runs, segments, Optional.empty());
        assertThat(findings.problems()).as(findings.measures().toString()).isEmpty();
    }
}
