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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several renditions at one go, and the source as it is.
@Execution(ExecutionMode.CONCURRENT)
class LadderIT {

    private static FfmpegInstallation ffmpeg;

    @TempDir private Path work;

    @BeforeAll
    static void locate() throws Exception {
        ffmpeg = FfmpegInstallation.locate(System.getProperty("tapedeck.ffmpeg", "ffmpeg"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chr-webm-vp8-resize-t1000", "chr-mkv-avc1-480-t1000"})
    void eachRungStandsJudgement(String name) throws Exception {
        var recording = Recording.load(name);
        byte[] run = recording.runs().getFirst();
        var windows = windows(Cut.GRID, run);
        var input = read(windows, run);
        var video = input.video().orElseThrow();
        var rungs =
                Stream.of(144, 1080, 360, 480, 240)
                        .flatMap(side -> Rendition.sized(video, side).stream())
                        .toList();

        var made = render(windows, input, rungs);

        assertThat(made).hasSameSizeAs(rungs).hasSizeGreaterThan(2);
        for (int i = 0; i < rungs.size(); i++) {
            assertThat(made.get(i).stream().map(LadderIT::placed))
                    .isEqualTo(made.getFirst().stream().map(LadderIT::placed).toList());
            judge(run, windows, made.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chr-mkv-avc1-480-t1000",
                "chr-mp4-avc1-opus-720-t1000-kf2000",
                "chr-mp4-avc3-opus-480-t1000",
                "chr-webm-h264-720-t2000-kf2000",
            })
    void theSourceAsItIs(String name) throws Exception {
        byte[] run = Recording.load(name).runs().getFirst();
        var windows = windows(Cut.SOURCE, run);
        var input = read(windows, run);
        var renderer = new SegmentRenderer(ffmpeg, TimeLimit.DEFAULT);

        var together = renderer.passThrough(windows, input, Cancellation.never());
        var alone = new ArrayList<SegmentContents>();
        for (var window : windows) {
            var own = read(List.of(window), run);
            renderer.passThrough(List.of(window), own, Cancellation.never()).stream()
                    .map(RenderedSegment::contents)
                    .forEach(alone::add);
        }

        assertThat(together.stream().map(RenderedSegment::contents)).isEqualTo(alone);
        assertThat(together.stream().mapToInt(RenderedSegment::frames).sum())
                .isEqualTo(input.pictures().size());
        judge(run, windows, together);
    }

    @Test
    void picturesAloneNeedNoFfmpeg() throws Exception {
        byte[] run = Recording.load("chr-mkv-avc1-480-t1000").runs().getFirst();
        var windows = windows(Cut.SOURCE, run);
        var input = read(windows, run);
        var silent =
                new WindowInput(
                        input.window(),
                        input.video(),
                        Optional.empty(),
                        input.pictures(),
                        List.of());
        var none = new FfmpegInstallation("/nowhere/ffmpeg", "none", "");

        var segments =
                new SegmentRenderer(none, TimeLimit.DEFAULT)
                        .passThrough(windows, silent, Cancellation.never());

        assertThat(segments)
                .allSatisfy(segment -> {
                    assertThat(segment.codecs()).matches("avc1\\.[0-9a-f]{6}");
                    assertThat(segment.contents().soundFrames()).isZero();
                });
    }

    private List<List<RenderedSegment>> render(
            List<Window> windows, WindowInput input, List<Rendition> renditions) throws Exception {
        var made = new ArrayList<List<RenderedSegment>>();
        renditions.forEach(_ -> made.add(new ArrayList<>()));
        for (int from = 0; from < windows.size(); from += 3) {
            var some = windows.subList(from, Math.min(from + 3, windows.size()));
            var part = input.part(Window.joined(some));
            var renderer = new SegmentRenderer(ffmpeg, TimeLimit.DEFAULT);
            var segments = renderer.render(some, part, renditions, Cancellation.never());
            for (int i = 0; i < renditions.size(); i++) {
                made.get(i).addAll(segments.get(i));
            }
        }
        return made;
    }

    /// Where everything is, apart from how large it is.
    private static String placed(RenderedSegment segment) {
        var contents = segment.contents();
        return "%d from %s to %s, %d from %s"
                .formatted(
                        contents.pictures(),
                        contents.firstPictureTicks(),
                        contents.lastPictureTicks(),
                        contents.soundFrames(),
                        contents.firstSoundTicks());
    }

    private static List<Window> windows(Cut cut, byte[] run) throws Exception {
        var planner = SessionPlan.EMPTY.start(0);
        return Stream.of(planner.feed(ByteBuffer.wrap(run)), planner.end())
                .flatMap(Collection::stream)
                .filter(window -> window.cut() == cut)
                .toList();
    }

    private static WindowInput read(List<Window> windows, byte[] run) throws Exception {
        var joined = Window.joined(windows);
        var span = joined.source();
        int length = (int) (span.toBytes() - span.fromBytes());
        var in = new ByteArrayInputStream(run, (int) span.fromBytes(), length);
        return WindowReader.read(joined, in, WindowReader.DEFAULT_LIMIT_BYTES);
    }

    private void judge(byte[] run, List<Window> windows, List<RenderedSegment> made)
            throws Exception {
        Path source = Files.write(work.resolve("run"), run);
        var segments = new ArrayList<Segment>();
        for (int i = 0; i < made.size(); i++) {
            Path file = Files.write(work.resolve(i + ".ts"), made.get(i).bytes());
            double seconds = Ticks.toSeconds(windows.get(i).durationTicks());
            segments.add(new Segment(file, seconds, false));
        }
        var findings = new Checker(work).check(List.of(source), segments, Optional.empty());
        assertThat(findings.problems()).as(findings.measures().toString()).isEmpty();
    }
}
