package io.tapedeck.transcode.render;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.segment.RenderedSegment;
import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.ffmpeg.segment.SegmentRenderer;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.plan.WindowReader;
import io.tapedeck.transcode.chunk.ChunkObjects;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// From a claim to its segments: reads the windows' bytes and has ffmpeg render them.
final class SegmentWork {

    private SegmentWork() {}

    /// @return a segment for each of [Claim#segments], in their order
    static List<RenderedSegment> render(
            Claim claim, ChunkObjects chunks, SegmentRenderer ffmpeg, Cancellation cancellation)
            throws IOException, MediaException, FfmpegException {
        Window joined = Window.joined(claim.windows());
        WindowInput input = read(claim, joined, chunks);
        return switch (claim.lead().cut()) {
            case SOURCE -> ffmpeg.passThrough(claim.windows(), input, cancellation);
            case GRID ->
                    ffmpeg.render(claim.windows(), input, renditions(claim), cancellation).stream()
                            .flatMap(List::stream)
                            .toList();
        };
    }

    private static List<Rendition> renditions(Claim claim) {
        return claim.targets().stream().map(Target::rendition).toList();
    }

    private static WindowInput read(Claim claim, Window window, ChunkObjects chunks)
            throws IOException, MediaException {
        try (InputStream span = new SliceStream(chunks, claim.slices(window.source()))) {
            return WindowReader.read(window, span, WindowReader.DEFAULT_LIMIT_BYTES);
        }
    }
}
