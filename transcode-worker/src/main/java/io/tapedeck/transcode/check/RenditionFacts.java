package io.tapedeck.transcode.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What is known of a rendition.
///
/// @param plan whose windows it is made of
/// @param cut which windows it has: renditions of one cut have the same
/// @param copied whether its pictures are the recorder's own, not encoded again
/// @param targetDurationSeconds as its playlist declares
/// @param firstWindow number of the first one that is still kept
/// @param windows planned for it, those that are not kept any more too
/// @param segments in the order of their windows
record RenditionFacts(
        String name,
        int generation,
        int plan,
        String cut,
        boolean copied,
        int targetDurationSeconds,
        long firstWindow,
        long windows,
        List<SegmentFacts> segments) {

    /// One of which everything is kept.
    RenditionFacts(
            String name,
            int generation,
            int plan,
            String cut,
            boolean copied,
            int targetDurationSeconds,
            long windows,
            List<SegmentFacts> segments) {
        this(name, generation, plan, cut, copied, targetDurationSeconds, 0, windows, segments);
    }

    /// How many windows are kept.
    long kept() {
        return windows - firstWindow;
    }

    /// A rendered segment whose bytes were measured.
    record Measured(SegmentFacts segment, SegmentFacts.Contents contents) {

        private boolean joins(Measured next) {
            return next.segment.window() == segment.window() + 1
                    && next.segment.stretch() == segment.stretch();
        }
    }

    /// Two segments that are played one after the other with nothing between them.
    record Joint(Measured before, Measured after) {}

    RenditionFacts with(List<SegmentFacts> others) {
        return new RenditionFacts(
                name,
                generation,
                plan,
                cut,
                copied,
                targetDurationSeconds,
                firstWindow,
                windows,
                others);
    }

    List<SegmentFacts> rendered() {
        return segments.stream().filter(SegmentFacts::isRendered).toList();
    }

    List<Measured> measured() {
        var measured = new ArrayList<Measured>();
        for (SegmentFacts segment : segments) {
            if (segment.contents() instanceof SegmentFacts.Contents contents) {
                measured.add(new Measured(segment, contents));
            }
        }
        return measured;
    }

    List<Joint> joints() {
        List<Measured> measured = measured();
        return IntStream.range(1, measured.size())
                .mapToObj(i -> new Joint(measured.get(i - 1), measured.get(i)))
                .filter(joint -> joint.before().joins(joint.after()))
                .toList();
    }
}
