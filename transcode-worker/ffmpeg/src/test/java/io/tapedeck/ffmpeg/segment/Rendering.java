package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Segment;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
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
    private final List<Segment> segments = new ArrayList<>();
    private final Map<Long, String> refusals = new TreeMap<>();

    /// Chosen by the first run that has windows.
    private Optional<Rendition> rendition = Optional.empty();

    Rendering(FfmpegInstallation ffmpeg, Recording recording, Path work) {
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

    List<Segment> allThatCanBe() throws Exception {
        var plan = SessionPlan.EMPTY;
        for (int run = 0; run < recording.runs().size(); run++) {
            byte[] bytes = recording.runs().get(run);
            var planner = plan.start(run);
            List<Window> windows = new ArrayList<>(planner.feed(ByteBuffer.wrap(bytes)));
            windows.addAll(planner.end());
            render(planner, windows, bytes);
            plan = plan.after(planner);
        }
        return segments;
    }

    private void render(RunPlanner planner, List<Window> windows, byte[] bytes) throws Exception {
        boolean first = true;
        for (var window : windows) {
            if (rendition.isEmpty()) {
                rendition = planner.tracks().map(Rendering::rendition);
            }
            var span = window.source();
            var in =
                    new ByteArrayInputStream(
                            bytes,
                            (int) span.fromBytes(),
                            (int) (span.toBytes() - span.fromBytes()));
            var input = WindowReader.read(window, in, WindowReader.DEFAULT_LIMIT_BYTES);
            RenderedSegment segment;
            try {
                segment = renderer.render(input, rendition.orElseThrow(), Cancellation.never());
            } catch (FfmpegException e) {
                refusals.put(window.index(), e.exit().sentence());
                continue;
            }
            Path file = work.resolve("%06d.ts".formatted(window.index()));
            Files.write(file, segment.bytes());
            segments.add(
                    new Segment(
                            file,
                            Ticks.toSeconds(window.durationTicks()),
                            first && !segments.isEmpty()));
            first = false;
        }
    }

    private static Rendition rendition(Tracks tracks) {
        return tracks.video().map(Rendition::of).orElseGet(Rendition::audioOnly);
    }
}
