package io.tapedeck.ffmpeg.segment;

import static io.tapedeck.ffmpeg.segment.SyntheticRecording.pictures;
import static io.tapedeck.ffmpeg.segment.SyntheticRecording.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.SessionPlan;
import io.tapedeck.timeline.plan.WindowReader;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Timestamps of MPEG-TS start over after 26.5 hours (2^33 ticks). Players expect that (RFC 8216
/// section 4.3.2.2 has them follow the stream); what they need is that each segment goes on, modulo
/// 2^33, where the one before ends.
class LongTimelineIT {

    private static final long RANGE = 1L << 33;
    private static final List<String> CODECS =
            List.of("-c:v", "libvpx", "-deadline", "realtime", "-g", "60", "-c:a", "libopus");

    @TempDir private Path work;

    @Test
    void windowsBehindTheWrapAreLikeThoseAtTheBeginning() throws Exception {
        byte[] run =
                new SyntheticRecording(work)
                        .make("long", List.of(pictures("320x240", 30, 6), sweep(6), CODECS))
                        .runs()
                        .getFirst();
        // The first window crosses the wrap, a second before its end; the others are behind it.
        long origin = SessionPlan.originAfter(RANGE - SessionClock.OFFSET_TICKS - Ticks.PER_SECOND);

        List<RenderedSegment> early = render(run, 0);
        List<RenderedSegment> late = render(run, origin);

        assertThat(late).hasSameSizeAs(early).hasSizeGreaterThanOrEqualTo(3);
        assertThat(late.stream().mapToInt(one -> one.contents().sourcePictures()).sum())
                .isEqualTo(180);
        for (int i = 0; i < late.size(); i++) {
            assertThat(timestamps(late.get(i)))
                    .isEqualTo(
                            timestamps(early.get(i)).stream()
                                    .map(ticks -> (ticks + origin) % RANGE)
                                    .toList());
            SegmentContents one = late.get(i).contents();
            SegmentContents other = early.get(i).contents();
            assertThat(one.sourcePictures()).isEqualTo(other.sourcePictures());
            assertThat(one.firstPictureTicks().orElseThrow())
                    .isEqualTo(other.firstPictureTicks().orElseThrow() + origin);
            assertThat(one.firstSoundTicks().orElseThrow())
                    .isEqualTo(other.firstSoundTicks().orElseThrow() + origin);
        }
    }

    private static List<Long> timestamps(RenderedSegment segment) {
        var all = new ArrayList<Long>();
        var stream = TransportStream.read(segment.bytes());
        stream.pictures().forEach(one -> one.packets().forEach(it -> all.add(it.timestamp())));
        stream.sound().orElseThrow().packets().forEach(it -> all.add(it.timestamp()));
        return all;
    }

    private static List<RenderedSegment> render(byte[] run, long originTicks) throws Exception {
        var ffmpeg = FfmpegInstallation.locate(System.getProperty("tapedeck.ffmpeg", "ffmpeg"));
        var renderer = new SegmentRenderer(ffmpeg, TimeLimit.DEFAULT);
        var planner = new SessionPlan(0, originTicks, 0, false, 0).start(0);
        var windows = new ArrayList<Window>(planner.feed(ByteBuffer.wrap(run)));
        Track.Video video = planner.tracks().orElseThrow().video().orElseThrow();
        windows.addAll(planner.end());
        var segments = new ArrayList<RenderedSegment>();
        for (Window window : windows) {
            assertThat(window.cut()).isEqualTo(Cut.GRID);
            var span = window.source();
            int from = (int) span.fromBytes();
            var bytes = new ByteArrayInputStream(run, from, (int) span.toBytes() - from);
            segments.add(
                    renderer.render(
                            WindowReader.read(window, bytes, WindowReader.DEFAULT_LIMIT_BYTES),
                            Rendition.of(video),
                            Cancellation.never()));
        }
        return segments;
    }
}
