package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.stream.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The two orders of a fragment's samples: that of their bytes, in which tracks mostly follow each
/// other, and that of time, in which they take turns. Within a track both are the same.
///
/// @param byBytes samples in the order of their bytes
/// @param byTime for each rank in the order of decoding, its place in the order of bytes
/// @param ranks the inverse: for each place its rank
record SampleOrder(List<Sample> byBytes, int[] byTime, int[] ranks) {

    /// @param listed each track's samples in order, tracks mixed in any way
    static SampleOrder of(List<Sample> listed, long offsetBytes) throws MalformedStreamException {
        List<Sample> byBytes = merged(listed, Sample::startBytes);
        if (overlap(byBytes)) {
            throw MalformedStreamException.at(offsetBytes, "frames lie upon each other");
        }
        return ranked(byBytes);
    }

    /// Whether some samples claim the same bytes, or a track's are not in order.
    static boolean claimTheSame(List<Sample> listed) {
        return overlap(merged(listed, Sample::startBytes));
    }

    private static boolean overlap(List<Sample> byBytes) {
        for (int i = 1; i < byBytes.size(); i++) {
            if (byBytes.get(i).startBytes() < byBytes.get(i - 1).endBytes()) {
                return true;
            }
        }
        return false;
    }

    private static SampleOrder ranked(List<Sample> byBytes) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < byBytes.size(); place++) {
            places.add(place);
        }
        int[] byTime =
                merged(
                                places,
                                place -> byBytes.get(place).kind(),
                                place -> byBytes.get(place).decodeTicks())
                        .stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
        int[] ranks = new int[byTime.length];
        for (int rank = 0; rank < byTime.length; rank++) {
            ranks[byTime[rank]] = rank;
        }
        return new SampleOrder(byBytes, byTime, ranks);
    }

    private static List<Sample> merged(List<Sample> listed, ToLongFunction<Sample> key) {
        return merged(listed, Sample::kind, key);
    }

    /// Lets pictures and sounds take turns by a key that rises within each of them; where it does
    /// not, their own order counts.
    private static <T> List<T> merged(
            List<T> listed, Function<T, Block.Kind> kind, ToLongFunction<T> key) {
        List<T> sounds = listed.stream().filter(t -> kind.apply(t) == Block.Kind.SOUND).toList();
        List<T> all = new ArrayList<>(listed.size());
        int next = 0;
        for (T picture : listed) {
            if (kind.apply(picture) == Block.Kind.PICTURE) {
                long until = key.applyAsLong(picture);
                while (next < sounds.size() && key.applyAsLong(sounds.get(next)) < until) {
                    all.add(sounds.get(next++));
                }
                all.add(picture);
            }
        }
        all.addAll(sounds.subList(next, sounds.size()));
        return all;
    }
}
