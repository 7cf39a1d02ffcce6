package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.ArrayList;
import java.util.List;

/// One picture or packet of sound as the index lists it.
///
/// @param startBytes where it begins in the file
/// @param sizeBytes never 0
/// @param ticks when it is shown or heard
/// @param keyframe whether decoding can start here; true for sound
record IndexedSample(
        Block.Kind kind, long startBytes, int sizeBytes, long ticks, boolean keyframe) {

    private static final int KEYFRAME = 1;
    private static final int SOUND = 2;
    private static final int FLAGS = 4;

    long endBytes() {
        return startBytes + sizeBytes;
    }

    boolean isPicture() {
        return kind == Block.Kind.PICTURE;
    }

    /// Each by what it differs in from the one before, some five bytes.
    static void save(List<IndexedSample> samples, StateOutput out) {
        out.number(samples.size());
        long end = 0;
        long pictureTicks = 0;
        long soundTicks = 0;
        for (IndexedSample sample : samples) {
            int flags = (sample.keyframe ? KEYFRAME : 0) | (sample.isPicture() ? 0 : SOUND);
            out.number((sample.startBytes - end) * FLAGS + flags).number(sample.sizeBytes);
            out.number(sample.ticks - (sample.isPicture() ? pictureTicks : soundTicks));
            end = sample.endBytes();
            pictureTicks = sample.isPicture() ? sample.ticks : pictureTicks;
            soundTicks = sample.isPicture() ? soundTicks : sample.ticks;
        }
    }

    /// @param most samples that there may be
    /// @throws IllegalArgumentException these bytes are no samples
    static List<IndexedSample> restore(StateInput in, int most) {
        List<IndexedSample> samples = new ArrayList<>();
        long end = 0;
        long pictureTicks = 0;
        long soundTicks = 0;
        for (int count = in.small(most); count > 0; count--) {
            long first = in.number();
            boolean picture = (first & SOUND) == 0;
            long start = end + Math.floorDiv(first, FLAGS);
            int size = in.small(Integer.MAX_VALUE);
            long ticks = (picture ? pictureTicks : soundTicks) + in.number();
            samples.add(
                    new IndexedSample(
                            picture ? Block.Kind.PICTURE : Block.Kind.SOUND,
                            start,
                            size,
                            ticks,
                            (first & KEYFRAME) != 0));
            end = start + size;
            pictureTicks = picture ? ticks : pictureTicks;
            soundTicks = picture ? soundTicks : ticks;
        }
        return samples;
    }
}
