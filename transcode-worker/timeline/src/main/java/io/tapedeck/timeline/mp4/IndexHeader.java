package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.TracksState;

/// What stands in front of the list of samples and counts for all of them.
///
/// @param idr whether its keyframes are IDR pictures of H.264
/// @param soundHead what is known of the first bytes of each packet of sound: enough to tell how
///   long it is
record IndexHeader(Tracks tracks, boolean idr, byte[] soundHead) {

    private static final int VERSION = 1;

    byte[] toByteArray() {
        StateOutput out = new StateOutput().number(VERSION);
        TracksState.save(tracks, out);
        return out.flag(idr).bytes(soundHead).toByteArray();
    }

    /// @throws IllegalArgumentException these bytes are no header
    static IndexHeader of(byte[] bytes) {
        StateInput in = new StateInput(bytes).version(VERSION);
        return new IndexHeader(TracksState.restore(in), in.flag(), in.bytes());
    }
}
