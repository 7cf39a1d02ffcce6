package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How samples are written into a saved state: each by what it differs in from the one before, some
/// seven bytes.
final class SampleState {

    private static final int KEYFRAME = 1;
    private static final int SOUND = 2;
    private static final int GAP = 4;

    private SampleState() {}

    /// @param from where the first one's distance counts from
    static void save(List<Sample> samples, long from, StateOutput out) {
        out.number(samples.size());
        long end = from;
        Map<Block.Kind, Long> decodeTicks = new EnumMap<>(Block.Kind.class);
        for (Sample sample : samples) {
            int flags = sample.keyframe() ? KEYFRAME : 0;
            flags |= sample.kind() == Block.Kind.SOUND ? SOUND : 0;
            out.number((sample.startBytes() - end) * GAP + flags).number(sample.sizeBytes());
            out.number(sample.decodeTicks() - decodeTicks.getOrDefault(sample.kind(), 0L));
            out.number(sample.ticks() - sample.decodeTicks());
            end = sample.endBytes();
            decodeTicks.put(sample.kind(), sample.decodeTicks());
        }
    }

    static List<Sample> restore(long from, StateInput in) {
        List<Sample> samples = new ArrayList<>();
        long end = from;
        Map<Block.Kind, Long> decodeTicks = new EnumMap<>(Block.Kind.class);
        for (int count = in.small(FragmentReader.MAX_SAMPLES); count > 0; count--) {
            long first = in.number();
            Block.Kind kind = (first & SOUND) == 0 ? Block.Kind.PICTURE : Block.Kind.SOUND;
            long start = end + Math.floorDiv(first, GAP);
            int size = in.small(Integer.MAX_VALUE);
            long decode = decodeTicks.getOrDefault(kind, 0L) + in.number();
            samples.add(
                    new Sample(
                            kind,
                            start,
                            size,
                            decode,
                            decode + in.number(),
                            (first & KEYFRAME) != 0));
            end = start + size;
            decodeTicks.put(kind, decode);
        }
        return samples;
    }
}
