package io.tapedeck.transcode.check;

import java.util.ArrayList;
import java.util.List;

/// What is known of a rendition.
///
/// @param cut which windows it has: renditions of one cut have the same
/// @param copied whether its pictures are the recorder's own, not encoded again
/// @param targetDurationSeconds as its playlist declares
/// @param windows planned for it
/// @param segments in the order of their windows
record RenditionFacts(
        String name,
        int generation,
        String cut,
        boolean copied,
        int targetDurationSeconds,
        long windows,
        List<SegmentFacts> segments) {

    /// Two segments that are played one after the other with nothing between them.
    record Joint(SegmentFacts before, SegmentFacts after) {}

    RenditionFacts with(List<SegmentFacts> others) {
        return new RenditionFacts(
                name, generation, cut, copied, targetDurationSeconds, windows, others);
    }

    List<SegmentFacts> rendered() {
        return segments.stream().filter(SegmentFacts::isRendered).toList();
    }

    List<Joint> joints() {
        var joints = new ArrayList<Joint>();
        for (int i = 1; i < segments.size(); i++) {
            SegmentFacts before = segments.get(i - 1);
            SegmentFacts after = segments.get(i);
            if (before.isRendered()
                    && after.isRendered()
                    && after.window() == before.window() + 1
                    && after.stretch() == before.stretch()) {
                joints.add(new Joint(before, after));
            }
        }
        return joints;
    }
}
