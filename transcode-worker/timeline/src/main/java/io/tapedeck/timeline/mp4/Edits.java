package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.fmp4.Boxes;
import io.tapedeck.timeline.fmp4.Fields;

/// When a track is shown, of the usual kinds: later than the file begins, and from some media time
/// on. Whatever else edit lists can do (cut, repeat, slow down) is not indexable.
///
/// @param delayUnits how long nothing is shown, in the movie's units
/// @param startUnits media time of what is shown then
/// @param durationUnits how long it is shown, in the movie's units; 0 for all of it
record Edits(long delayUnits, long startUnits, long durationUnits) {

    static final Edits NONE = new Edits(0, 0, 0);

    private static final int RATE_ONE = 0x10000;

    /// Far beyond any clock, and far from overflowing.
    private static final long MOST_UNITS = 1L << 48;

    static Edits read(Boxes edts) throws MalformedStreamException, NotIndexableException {
        while (edts.next()) {
            if (edts.type() == Types.ELST) {
                return read(edts.fields());
            }
        }
        return NONE;
    }

    private static Edits read(Fields elst) throws MalformedStreamException, NotIndexableException {
        int version = elst.u8();
        long count = elst.skip(3).u32();
        long delay = 0;
        for (long i = 0; i < count; i++) {
            long duration = elst.wide(version);
            long start = version == 1 ? elst.s64() : elst.s32();
            int rate = elst.s32();
            boolean empty = start == -1;
            boolean plain =
                    duration >= 0 && duration < MOST_UNITS && start >= -1 && start < MOST_UNITS;
            if (!plain || (!empty && (i + 1 < count || rate != RATE_ONE))) {
                throw new NotIndexableException("an edit list of an unusual kind");
            }
            if (!empty) {
                return new Edits(delay, start, duration);
            }
            delay = Math.min(delay + duration, MOST_UNITS);
        }
        return new Edits(delay, 0, 0);
    }
}
