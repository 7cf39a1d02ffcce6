package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Checker;
import io.tapedeck.checker.Segment;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.plan.SessionPlan;
import io.tapedeck.timeline.plan.WindowReader;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pictures of H.264 that are shown in another order than they come in, as nearly all files have
/// them: encoded anew and as they are, judged by decoding.
@Timeout(120)
class ReorderedIT {

    private static final String PICTURE = "testsrc2=size=320x240:rate=30";
    private static final String SOUND =
            "aevalsrc=0.3*sin(2*PI*t*(300+40*t))+0.1*sin(2*PI*1100*t):s=48000";
    private static final String FRAGMENTS = "-movflags +frag_keyframe+empty_moov+delay_moov";

    private static FfmpegInstallation ffmpeg;

    @TempDir private Path work;

    @BeforeAll
    static void locate() throws Exception {
        ffmpeg = FfmpegInstallation.locate(System.getProperty("tapedeck.ffmpeg", "ffmpeg"));
    }

    @ParameterizedTest
    @CsvSource({
        "pyramid.mkv, -bf 3 -g 60 -x264-params open-gop=0",
        "long.mkv, -bf 2 -g 250 -x264-params open-gop=0",
        "open.mkv, -bf 3 -g 60 -x264-params open-gop=1",
        "fragments.mp4, -bf 3 -g 60 " + FRAGMENTS,
        "slow.mkv, -bf 3 -g 10 -r 5"
    })
    void everyPictureIsWhereItBelongs(String name, String how) throws Exception {
        Path source = make(name, how + sound(name));
        var recording = new Recording(name, List.of(Files.readAllBytes(source)));

        judge(source, new Rendering(ffmpeg, recording, work).all());
        judge(source, new Rendering(ffmpeg, recording, work, 3).all());
    }

    @ParameterizedTest
    @CsvSource({
        "pyramid.mkv, -bf 3 -g 60 -x264-params open-gop=0",
        "long.mkv, -bf 2 -g 250 -x264-params open-gop=0",
        "fragments.mp4, -bf 3 -g 60 " + FRAGMENTS,
        "slow.mkv, -bf 3 -g 10 -r 5"
    })
    void theSourceAsItIs(String name, String how) throws Exception {
        Path source = make(name, how + sound(name));
        byte[] run = Files.readAllBytes(source);
        var windows = sourceWindows(run);
        var renderer = new SegmentRenderer(ffmpeg, TimeLimit.DEFAULT);

        var segments = new ArrayList<Segment>();
        for (var window : windows) {
            var made = renderer.passThrough(List.of(window), read(window, run), never()).getFirst();
            assertThat(made.frames()).isEqualTo((int) window.pictures().orElseThrow());
            Path file = Files.write(work.resolve(window.index() + ".ts"), made.bytes());
            segments.add(new Segment(file, Ticks.toSeconds(window.durationTicks()), false));
        }

        judge(source, segments);
        assertThat(decodeTimes(segments)).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(30);
    }

    /// What is shown before a picture that others begin with, and comes behind it, needs what was
    /// before.
    @Test
    void openGroupsAreNotCut() throws Exception {
        String how = "-bf 3 -g 60 -x264-params open-gop=1" + sound("open.mkv");
        byte[] run = Files.readAllBytes(make("open.mkv", how));

        assertThat(sourceWindows(run)).isEmpty();
    }

    private static String sound(String name) {
        return name.endsWith("mp4") ? " -c:a aac" : " -c:a libopus";
    }

    private static Cancellation never() {
        return Cancellation.never();
    }

    private void judge(Path source, List<Segment> segments) throws Exception {
        var findings = new Checker(work).check(List.of(source), segments, Optional.empty());
        System.out.println(source.getFileName() + " " + findings.measures());
        assertThat(findings.problems()).as(findings.measures().toString()).isEmpty();
    }

    private static List<Window> sourceWindows(byte[] run) throws Exception {
        var planner = SessionPlan.EMPTY.start(0);
        var windows = new ArrayList<>(planner.feed(ByteBuffer.wrap(run)));
        windows.addAll(planner.end());
        windows.removeIf(window -> window.cut() != Cut.SOURCE);
        return windows;
    }

    private static WindowInput read(Window window, byte[] run) throws Exception {
        var span = window.source();
        int length = (int) (span.toBytes() - span.fromBytes());
        var in = new ByteArrayInputStream(run, (int) span.fromBytes(), length);
        return WindowReader.read(window, in, WindowReader.DEFAULT_LIMIT_BYTES);
    }

    /// Of the pictures of all segments, as ffprobe reads them.
    private static List<Long> decodeTimes(List<Segment> segments) throws Exception {
        var times = new ArrayList<Long>();
        for (var segment : segments) {
            var probe =
                    new ProcessBuilder(
                                    "ffprobe",
                                    "-v",
                                    "error",
                                    "-select_streams",
                                    "v",
                                    "-show_entries",
                                    "packet=dts",
                                    "-of",
                                    "csv=p=0",
                                    segment.file().toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try (var lines = probe.inputReader()) {
                lines.lines()
                        .filter(line -> !line.isBlank())
                        .map(line -> Long.valueOf(line.replace(",", "").strip()))
                        .forEach(times::add);
            }
        }
        return times;
    }

    private Path make(String name, String how) throws Exception {
        Path file = work.resolve(name);
        var command =
                new ArrayList<>(
                        List.of("ffmpeg", "-y", "-v", "error", "-f", "lavfi", "-i", PICTURE));
        command.addAll(List.of("-f", "lavfi", "-i", SOUND, "-t", "11", "-ac", "2"));
        command.addAll(List.of("-c:v", "libx264", "-preset", "veryfast"));
        command.addAll(List.of(how.split(" ")));
        command.add(file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return file;
    }
}
