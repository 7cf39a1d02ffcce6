package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Segment;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.timeline.plan.SessionPlan;
import io.tapedeck.timeline.plan.WindowReader;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Renders a whole recording, window by window, as the worker would.
final class Rendering {

    private final SegmentRenderer renderer;
    private final Recording recording;
    private final Path work;

    /// How many windows are rendered by one run of ffmpeg.
    private final int together;

    private final Map<Long, SegmentContents> contents = new TreeMap<>();
    private final List<Segment> segments = new ArrayList<>();
    private final Map<Long, String> refusals = new TreeMap<>();

    /// Chosen by the first run that has windows.
    private Optional<Rendition> rendition = Optional.empty();

    Rendering(FfmpegInstallation ffmpeg, Recording recording, Path work) {
        this(ffmpeg, recording, work, 1);
    }

    Rendering(FfmpegInstallation ffmpeg, Recording recording, Path work, int together) {
        this.together = together;
        this.renderer = new SegmentRenderer(ffmpeg, TimeLimit.DEFAULT);
        this.recording = recording;
        this.work = work;
    }

    List<Segment> all() throws Exception {
        var all = allThatCanBe();
        assertThat(refusals).isEmpty();
        return all;
    }

    /// Windows that were refused, and why.
    Map<Long, String> refusals() {
        return refusals;
    }

    /// What was made of each window.
    Map<Long, SegmentContents> contents() {
        return contents;
    }

    List<Segment> allThatCanBe() throws Exception {
        var plan = SessionPlan.EMPTY;
        for (int run = 0; run < recording.runs().size(); run++) {
            byte[] bytes = recording.runs().get(run);
            var planner = plan.start(run);
            List<Window> windows = new ArrayList<>(planner.feed(ByteBuffer.wrap(bytes)));
            windows.addAll(planner.end());
            windows.removeIf(window -> window.cut() != Cut.GRID);
            render(planner, windows, bytes);
            plan = plan.after(planner);
        }
        return segments;
    }

    private void render(RunPlanner planner, List<Window> windows, byte[] bytes) throws Exception {
        for (int from = 0; from < windows.size(); from += together) {
            if (rendition.isEmpty()) {
                rendition = planner.tracks().map(Rendering::rendition);
            }
            var some = windows.subList(from, Math.min(from + together, windows.size()));
            try {
                render(some, bytes, from == 0);
            } catch (FfmpegException e) {
                assertThat(some).as(e.getMessage()).hasSize(1);
                refusals.put(some.getFirst().index(), e.exit().sentence());
            }
        }
    }

    private void render(List<Window> some, byte[] bytes, boolean first) throws Exception {
        var joined = Window.joined(some);
        var span = joined.source();
        var in =
                new ByteArrayInputStream(
                        bytes, (int) span.fromBytes(), (int) (span.toBytes() - span.fromBytes()));
        var input = WindowReader.read(joined, in, WindowReader.DEFAULT_LIMIT_BYTES);
        var made =
                renderer.render(some, input, List.of(rendition.orElseThrow()), Cancellation.never())
                        .getFirst();
        for (int i = 0; i < some.size(); i++) {
            var window = some.get(i);
            Path file = work.resolve("%06d.ts".formatted(window.index()));
            Files.write(file, made.get(i).bytes());
            contents.put(window.index(), made.get(i).contents());
            segments.add(
                    new Segment(
                            file,
                            Ticks.toSeconds(window.durationTicks()),
                            first && i == 0 && !segments.isEmpty()));
        }
    }

    private static Rendition rendition(Tracks tracks) {
        return tracks.video().map(Rendition::of).orElseGet(Rendition::audioOnly);
    }
}
