package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Plans the windows of one run from its bytes, in order, however they are cut.
///
/// The same bytes give the same windows, whether fed one by one or all at once, in one life or over
/// several ([#save], [#restore]). Memory is bounded whatever the length. Not thread-safe.
///
/// A recorder that was restarted without telling anyone shows as a second header in the middle of
/// the bytes: the timeline starts over behind what came before (another `originTicks` under the
/// same run number). So a discontinuity is where the run *or* the origin changes.
public final class RunPlanner {

    private RunPlanner() {}

    /// @param run number of the run, copied into its windows
    /// @param firstWindow number of the first window
    /// @param originTicks where the run starts on the session's timeline, a multiple of
    ///   [io.tapedeck.timeline.Ticks#PER_AAC_FRAME]
    public static RunPlanner start(int run, long firstWindow, long originTicks) {
        throw new UnsupportedOperationException();
    }

    /// @param state from [#save]
    /// @throws IllegalArgumentException when it is not, or from another version
    public static RunPlanner restore(byte[] state) {
        throw new UnsupportedOperationException();
    }

    /// Everything this planner knows, at any byte: usually some hundred bytes, at most some ten
    /// thousand.
    ///
    /// @throws IllegalStateException after a failure or the end
    public byte[] save() {
        throw new UnsupportedOperationException();
    }

    /// Bytes of the run taken so far: where to read on.
    public long position() {
        throw new UnsupportedOperationException();
    }

    public int run() {
        throw new UnsupportedOperationException();
    }

    /// Takes the run's next bytes, all of them.
    ///
    /// @return windows that these bytes closed, in order
    /// @throws MediaException when the rest of the run is of no use; [#end] then still gives the
    ///   windows of what came before
    public List<Window> feed(ByteBuffer bytes) throws MediaException {
        throw new UnsupportedOperationException();
    }

    /// Says that no more bytes come. A run without a frame simply has no window.
    ///
    /// @return the remaining windows, in order
    public List<Window> end() {
        throw new UnsupportedOperationException();
    }

    /// What the run consists of, once its header has come.
    public Optional<Tracks> tracks() {
        throw new UnsupportedOperationException();
    }

    /// Number of the next window: how many the session has so far.
    public long nextWindow() {
        throw new UnsupportedOperationException();
    }

    /// End of the last closed window on the session's timeline; up to here the media is planned.
    public long plannedTicks() {
        throw new UnsupportedOperationException();
    }
}
