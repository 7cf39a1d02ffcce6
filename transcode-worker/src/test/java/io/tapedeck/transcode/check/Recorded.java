package io.tapedeck.transcode.check;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.check.SegmentFacts.Contents;
import io.tapedeck.transcode.check.SegmentFacts.Made;
import io.tapedeck.transcode.check.SessionFacts.FileFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// Facts of a session in which all is well: two runs, of three parts and of two, in two qualities,
/// with an MP4. And ways to spoil them.
final class Recorded {

    static final int PICTURES = 60;
    private static final long PART_TICKS = 2 * Ticks.PER_SECOND;
    private static final long LAST_PART_TICKS = 80_000;
    private static final long PICTURE_TICKS = Ticks.PER_SECOND / 30;

    private Recorded() {}

    static SessionFacts well() {
        RenditionFacts best = rendition("720p");
        long ticks = best.segments().getLast().endTicks();
        long sounds = best.segments().stream().mapToLong(Recorded::soundFrames).sum();
        return new SessionFacts(
                List.of(best, rendition("360p")),
                List.of(),
                new FileFacts("720p", 1, ticks, 5 * PICTURES, sounds));
    }

    private static long soundFrames(SegmentFacts segment) {
        Contents contents = segment.contents();
        return contents == null ? 0 : contents.soundFrames();
    }

    static RenditionFacts rendition(String name) {
        var segments = new ArrayList<SegmentFacts>();
        long start = 0;
        for (int window = 0; window < 5; window++) {
            boolean last = window == 2 || window == 4;
            long end = start + (last ? LAST_PART_TICKS : PART_TICKS);
            segments.add(segment(window, window < 3 ? 0 : 1, start, end));
            start = last ? Math.ceilDiv(end, Ticks.PER_AAC_FRAME) * Ticks.PER_AAC_FRAME : end;
        }
        return new RenditionFacts(name, 1, 1, "grid", false, 2, 5, List.copyOf(segments));
    }

    private static SegmentFacts segment(int window, int stretch, long start, long end) {
        long firstFrame = Math.ceilDiv(start, Ticks.PER_AAC_FRAME);
        long endFrame = Math.ceilDiv(end, Ticks.PER_AAC_FRAME);
        var contents =
                new Contents(
                        PICTURES,
                        PICTURES,
                        OptionalLong.of(PICTURES),
                        OptionalLong.of(start + 10),
                        OptionalLong.of(end - PICTURE_TICKS),
                        (int) (endFrame - firstFrame),
                        OptionalLong.of(firstFrame * Ticks.PER_AAC_FRAME));
        var made =
                new Made(
                        "part-" + window,
                        1000 + window,
                        OptionalLong.of(1000 + window),
                        "avc1.64001f,mp4a.40.2",
                        contents);
        return new SegmentFacts(window, stretch, start, end, OptionalLong.of(PICTURES), made, null);
    }

    /// Changes a segment of the first rendition.
    static SessionFacts spoilt(int window, UnaryOperator<SegmentFacts> change) {
        return spoiltRendition(rendition -> {
            var segments = new ArrayList<>(rendition.segments());
            segments.set(window, change.apply(segments.get(window)));
            return rendition.with(segments);
        });
    }

    static SessionFacts spoiltMade(int window, UnaryOperator<Made> change) {
        return spoilt(window, s -> s.made() == null ? s : s.with(change.apply(s.made())));
    }

    static SessionFacts spoiltContents(int window, UnaryOperator<Contents> change) {
        return spoiltMade(
                window,
                made ->
                        new Made(
                                made.objectKey(),
                                made.sizeBytes(),
                                made.storedBytes(),
                                made.codecs(),
                                made.contents() == null ? null : change.apply(made.contents())));
    }

    static SessionFacts spoiltRendition(UnaryOperator<RenditionFacts> change) {
        SessionFacts well = well();
        return new SessionFacts(
                List.of(change.apply(well.renditions().getFirst()), well.renditions().getLast()),
                well.gaps(),
                well.file());
    }
}
