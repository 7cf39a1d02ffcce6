package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Checker;
import io.tapedeck.checker.Segment;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The judge can tell: each of these renderings was spoiled in one way.
class CheckerIT {

    @TempDir private static Path rendered;
    @TempDir private Path work;

    private static Path source;
    private static List<Segment> segments;

    @BeforeAll
    static void render() throws Exception {
        var recording = Recording.load("chr-webm-vp8-480-t250");
        source = Files.write(rendered.resolve("run.mkv"), recording.runs().getFirst());
        segments = new Rendering(FfmpegInstallation.locate("ffmpeg"), recording, rendered).all();
    }

    @Test
    void nothingIsWrongWithWhatWasNotSpoiled() throws Exception {
        assertThat(problems(segments)).isEmpty();
    }

    @Test
    void aPictureIsMissing() throws Exception {
        assertThat(problems(spoiled("-c", "copy", "-bsf:v", "noise=drop='eq(n\\,20)'")))
                .anyMatch(problem -> problem.startsWith("source picture missing"));
    }

    @Test
    void aSoundFrameIsMissing() throws Exception {
        assertThat(problems(spoiled("-c", "copy", "-bsf:a", "noise=drop='eq(n\\,20)'")))
                .anyMatch(problem -> problem.startsWith("AAC frames are not"));
    }

    @Test
    void picturesAreLate() throws Exception {
        assertThat(problems(spoiled("-c", "copy", "-bsf:v", "setts=ts=TS+3000")))
                .anyMatch(problem -> problem.startsWith("source picture missing"))
                .anyMatch(problem -> problem.startsWith("picture that the source does not have"));
    }

    @Test
    void theSoundIsShifted() throws Exception {
        assertThat(problems(spoiled("-c:v", "copy", "-af", "adelay=100S:all=1", "-c:a", "aac")))
                .anyMatch(problem -> problem.startsWith("sound at the wrong place"));
    }

    @Test
    void aJointClicks() throws Exception {
        // The segment's sound is 3 dB quieter than its neighbours'.
        assertThat(problems(spoiled("-c:v", "copy", "-af", "volume=0.7", "-c:a", "aac")))
                .isNotEmpty();
    }

    @Test
    void thePicturesAreOthers() throws Exception {
        assertThat(problems(spoiled("-c:a", "copy", "-vf", "hflip", "-c:v", "libx264", "-bf", "0")))
                .anyMatch(problem -> problem.startsWith("picture looks different"))
                .anyMatch(problem -> problem.startsWith("SPS differ"));
    }

    @Test
    void segmentsAreInTheWrongOrder() throws Exception {
        var swapped = new ArrayList<>(segments);
        Collections.swap(swapped, 1, 2);

        assertThat(problems(swapped))
                .anyMatch(problem -> problem.startsWith("decoding timestamps do not rise"));
    }

    @Test
    void aDurationIsWrong() throws Exception {
        var wrong = new ArrayList<>(segments);
        wrong.set(1, new Segment(segments.get(1).file(), 1.8, false));

        assertThat(problems(wrong))
                .anyMatch(problem -> problem.contains("outside its segment's declared time"));
    }

    private List<String> problems(List<Segment> judged) throws Exception {
        return new Checker(work).check(List.of(source), judged, Optional.empty()).problems();
    }

    /// The segments, the third of them changed by ffmpeg.
    private List<Segment> spoiled(String... how) throws Exception {
        Path file = work.resolve("spoiled.ts");
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-copyts", "-i"));
        command.add(segments.get(2).file().toString());
        command.addAll(List.of(how));
        command.addAll(
                List.of("-muxdelay", "0", "-muxpreload", "0", "-f", "mpegts", file.toString()));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        var all = new ArrayList<>(segments);
        all.set(2, new Segment(file, segments.get(2).seconds(), false));
        return all;
    }
}
