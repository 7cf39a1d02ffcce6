package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.EnumMap;
import java.util.Map;

/// Where the tracks are in media time, each in its own units. Fragments say where they begin
/// (`tfdt`), and are believed, because the durations in them lie; only one that does not say it
/// begins where its predecessor ended.
///
/// @param next sum of all durations so far
/// @param last decode time of the last sample; [#NONE] before the first
record DecodeTimes(Map<Block.Kind, Long> next, Map<Block.Kind, Long> last) {

    static final long NONE = -1;

    static DecodeTimes start() {
        return new DecodeTimes(of(0), of(NONE));
    }

    DecodeTimes copy() {
        return new DecodeTimes(new EnumMap<>(next), new EnumMap<>(last));
    }

    long next(Block.Kind kind) {
        return next.getOrDefault(kind, 0L);
    }

    long last(Block.Kind kind) {
        return last.getOrDefault(kind, NONE);
    }

    void at(Block.Kind kind, long lastUnits, long nextUnits) {
        last.put(kind, lastUnits);
        next.put(kind, nextUnits);
    }

    private static Map<Block.Kind, Long> of(long units) {
        Map<Block.Kind, Long> map = new EnumMap<>(Block.Kind.class);
        for (Block.Kind kind : Block.Kind.values()) {
            map.put(kind, units);
        }
        return map;
    }

    void save(StateOutput out) {
        for (Block.Kind kind : Block.Kind.values()) {
            out.number(next(kind)).number(last(kind));
        }
    }

    static DecodeTimes restore(StateInput in) {
        DecodeTimes times = start();
        for (Block.Kind kind : Block.Kind.values()) {
            long next = in.number();
            times.at(kind, in.number(), next);
        }
        return times;
    }
}
