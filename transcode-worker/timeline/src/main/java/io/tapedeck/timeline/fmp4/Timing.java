package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;

/// How a used track counts time, and what its samples are where a fragment does not say it.
///
/// @param trackId in the container
/// @param unitsPerSecond the track's unit of time
/// @param startUnits the media time that the edit list puts at the beginning
/// @param delayTicks how long the edit list shows nothing before that
/// @param defaults from the header
record Timing(
        Block.Kind kind,
        long trackId,
        long unitsPerSecond,
        long startUnits,
        long delayTicks,
        Defaults defaults) {

    /// In seconds: beyond any clock, and far from overflowing.
    private static final long MAX_SECONDS = 1L << 40;

    /// What counts for every sample that says nothing else.
    ///
    /// @param description number of the sample entry, from 1
    record Defaults(long description, long durationUnits, long sizeBytes, int flags) {

        static final Defaults NONE = new Defaults(1, 0, 0, 0);
    }

    /// Media time in ticks of the stream, rounded to the nearest.
    long ticks(long units, long offsetBytes) throws MalformedStreamException {
        return scale(units - startUnits, unitsPerSecond, offsetBytes) + delayTicks;
    }

    /// Units of time in ticks, rounded to the nearest.
    static long scale(long units, long unitsPerSecond, long offsetBytes)
            throws MalformedStreamException {
        long seconds = Math.floorDiv(units, unitsPerSecond);
        if (Math.abs(seconds) > MAX_SECONDS) {
            throw MalformedStreamException.at(offsetBytes, "a time is too large");
        }
        long rest = Math.floorMod(units, unitsPerSecond) * Ticks.PER_SECOND;
        return seconds * Ticks.PER_SECOND + (rest + unitsPerSecond / 2) / unitsPerSecond;
    }

    void save(StateOutput out) {
        out.choice(kind).number(trackId).number(unitsPerSecond);
        out.number(startUnits).number(delayTicks).number(defaults.description());
        out.number(defaults.durationUnits()).number(defaults.sizeBytes()).number(defaults.flags());
    }

    static Timing restore(StateInput in) {
        return new Timing(
                in.choice(Block.Kind.class),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                new Defaults(in.number(), in.number(), in.number(), (int) in.number()));
    }
}
