package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.TracksState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What stands in front of the first fragment and counts for all of them.
///
/// @param timings of the used tracks, pictures first
record MovieHeader(Tracks tracks, List<Timing> timings) {

    Optional<Timing> timing(long trackId) {
        return timings.stream().filter(timing -> timing.trackId() == trackId).findFirst();
    }

    boolean isSameAs(MovieHeader other) {
        return Arrays.equals(toByteArray(), other.toByteArray());
    }

    byte[] toByteArray() {
        StateOutput out = new StateOutput();
        save(out);
        return out.toByteArray();
    }

    void save(StateOutput out) {
        TracksState.save(tracks, out);
        out.number(timings.size());
        timings.forEach(timing -> timing.save(out));
    }

    static MovieHeader restore(StateInput in) {
        Tracks tracks = TracksState.restore(in);
        return new MovieHeader(
                tracks, IntStream.range(0, in.small(2)).mapToObj(_ -> Timing.restore(in)).toList());
    }
}
