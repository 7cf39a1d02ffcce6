package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.fmp4.TrackBox;
import io.tapedeck.timeline.stream.Block;

/// A track that is used, with its tables.
///
/// @param movieUnitsPerSecond in which edit lists count
record IndexedTrack(TrackBox box, TrackIndex index, long movieUnitsPerSecond) {

    /// What an edit list may leave out at the end without a word: the rest of a last packet.
    private static final long REST_TICKS = Ticks.PER_SECOND / 4;

    SampleCursor cursor(Block.Kind kind, long fileBytes) throws NotIndexableException {
        if (box.unitsPerSecond() < 1 || movieUnitsPerSecond < 1) {
            throw new NotIndexableException("its unit of time makes no sense");
        }
        long delay = SampleCursor.scale(index.edits().delayUnits(), movieUnitsPerSecond);
        return new SampleCursor(kind, index, box.unitsPerSecond(), delay, fileBytes);
    }

    /// Sees to it that the edit list shows all of the track.
    ///
    /// @param endTicks where its last sample ends
    void requireWhole(long endTicks) throws NotIndexableException {
        Edits edits = index.edits();
        long shown = edits.delayUnits() + edits.durationUnits();
        boolean whole =
                edits.durationUnits() == 0
                        || SampleCursor.scale(shown, movieUnitsPerSecond) >= endTicks - REST_TICKS;
        if (!whole) {
            throw new NotIndexableException("an edit list cuts off its end");
        }
    }
}
