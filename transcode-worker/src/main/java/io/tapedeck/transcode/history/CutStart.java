package io.tapedeck.transcode.history;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.util.List;
import java.util.Locale;

/// Where playlists of a cut begin, as of [TranscodeEvent.Start].
///
/// @param droppedTicks length of all windows before
record CutStart(Cut cut, long firstWindow, long discontinuities, long droppedTicks) {

    static CutStart beginning(Cut cut) {
        return new CutStart(cut, 0, 0, 0);
    }

    /// Behind some more windows.
    ///
    /// @param windows of the cut from `firstWindow` on, in order: those that are dropped and the
    ///   one behind them
    /// @param markTicks those that begin before are dropped, but never the last one
    CutStart moved(List<OldWindow> windows, long markTicks) {
        CutStart start = this;
        for (int i = 0; i + 1 < windows.size() && windows.get(i).startTicks() < markTicks; i++) {
            OldWindow dropped = windows.get(i);
            start =
                    new CutStart(
                            cut,
                            dropped.index() + 1,
                            start.discontinuities
                                    + (windows.get(i + 1).breaksFrom(dropped) ? 1 : 0),
                            start.droppedTicks + dropped.durationTicks());
        }
        return start;
    }

    TranscodeEvent.Start told() {
        return new TranscodeEvent.Start(
                cut.name().toLowerCase(Locale.ROOT), firstWindow, discontinuities, droppedTicks);
    }
}
