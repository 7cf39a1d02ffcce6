package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.TracksState;
import java.util.Optional;

/// What stands in front of the first cluster and counts for all of them.
///
/// @param scaleNanos duration of one unit of time
/// @param tracks absent until they have come
record StreamHeader(long scaleNanos, Optional<Tracks> tracks) {

    /// Milliseconds, and no tracks yet (RFC 9559 section 5.1.2.9).
    static final StreamHeader EMPTY = new StreamHeader(1_000_000, Optional.empty());

    private static final long MAX_SCALE_NANOS = 1_000_000_000;
    private static final long NANOS_PER_9_TICKS = 100_000;

    StreamHeader with(Tracks chosen) {
        return new StreamHeader(scaleNanos, Optional.of(chosen));
    }

    /// @param body of the Info element
    StreamHeader withInfo(byte[] body, long offsetBytes) throws MalformedStreamException {
        Elements elements = new Elements(body, offsetBytes);
        long scale = scaleNanos;
        while (elements.next()) {
            if (elements.id() == Ids.TIMESTAMP_SCALE) {
                scale = elements.number();
            }
        }
        if (scale < 1 || scale > MAX_SCALE_NANOS) {
            throw MalformedStreamException.at(offsetBytes, "its unit of time makes no sense");
        }
        return new StreamHeader(scale, tracks);
    }

    /// Units of time in ticks, rounded to the nearest.
    long ticks(long units, long offsetBytes) throws MalformedStreamException {
        long nanos;
        try {
            nanos = Math.multiplyExact(units, scaleNanos);
        } catch (ArithmeticException e) {
            throw MalformedStreamException.at(offsetBytes, "a time is too large");
        }
        long whole = Math.floorDiv(nanos, NANOS_PER_9_TICKS);
        long rest = Math.floorMod(nanos, NANOS_PER_9_TICKS);
        return whole * 9 + (rest * 9 + NANOS_PER_9_TICKS / 2) / NANOS_PER_9_TICKS;
    }

    void save(StateOutput out) {
        out.number(scaleNanos).flag(tracks.isPresent());
        tracks.ifPresent(chosen -> TracksState.save(chosen, out));
    }

    static StreamHeader restore(StateInput in) {
        long scale = in.number();
        return new StreamHeader(
                scale, in.flag() ? Optional.of(TracksState.restore(in)) : Optional.empty());
    }
}
