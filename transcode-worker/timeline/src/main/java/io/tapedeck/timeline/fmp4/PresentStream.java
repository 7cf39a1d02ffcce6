package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which stream fragments belong to, and which one may begin with the next of them.
///
/// A header may come again. Whether it means anything shows with the fragment behind it: where the
/// header is the same and time goes on, the present stream does; otherwise another one begins.
final class PresentStream {

    private static final long NONE = -1;

    private @Nullable MovieHeader header;
    private @Nullable MovieHeader announced;

    /// Where it begins in the run.
    private long startBytes;

    /// Where the header that comes or came last begins, [#NONE] while fragments come.
    private long headerStart = NONE;

    private DecodeTimes times = DecodeTimes.start();

    /// One that stands at a fragment, from [#saveFor] and the header.
    static PresentStream resume(byte[] header, StateInput place) {
        PresentStream stream = new PresentStream();
        stream.header = MovieHeader.restore(new StateInput(header));
        stream.startBytes = place.number();
        stream.times = DecodeTimes.restore(place);
        return stream;
    }

    /// What [#resume] needs besides the header.
    ///
    /// @param before decode times before the fragment to resume at
    void saveFor(DecodeTimes before, StateOutput out) {
        out.number(startBytes);
        before.save(out);
    }

    /// Of the present stream, or of the first one that is announced.
    Optional<Tracks> tracks() {
        return Optional.ofNullable(header == null ? announced : header).map(MovieHeader::tracks);
    }

    /// @throws IllegalStateException before it has begun
    MovieHeader header() {
        if (header == null) {
            throw new IllegalStateException("No stream has begun");
        }
        return header;
    }

    /// Decode times as they are now.
    DecodeTimes times() {
        return times.copy();
    }

    /// A box of a header begins.
    void headerBegins(long boxStart) {
        headerStart = headerStart == NONE ? boxStart : headerStart;
    }

    void announce(MovieHeader next) {
        announced = next;
    }

    /// Whether another stream begins with a fragment.
    ///
    /// @param moof body of its table
    /// @param start where that begins in the run
    boolean endsBefore(byte[] moof, long start) throws MediaException {
        if (header == null && announced == null) {
            throw MalformedStreamException.at(start, "a fragment comes before the list of tracks");
        }
        return announced != null && !continues(announced, moof, start);
    }

    /// Becomes the stream that was announced.
    void begin() {
        header = announced;
        startBytes = headerStart;
        times = DecodeTimes.start();
    }

    /// A fragment comes: what was announced has begun or said nothing.
    void fragmentBegins() {
        announced = null;
        headerStart = NONE;
    }

    /// What a table lists; moves decode times on.
    ///
    /// @param room for how many samples
    List<Sample> read(byte[] moof, long start, int room) throws MediaException {
        return new FragmentReader(header(), times, startBytes, start, room).read(moof);
    }

    private boolean continues(MovieHeader next, byte[] moof, long start) throws MediaException {
        if (header == null || !header.isSameAs(next)) {
            return false;
        }
        int room = FragmentReader.MAX_SAMPLES;
        List<Sample> samples =
                new FragmentReader(header, times(), startBytes, start, room).read(moof);
        for (Timing timing : header.timings()) {
            long last = times.last(timing.kind());
            long lastTicks = last == DecodeTimes.NONE ? Long.MIN_VALUE : timing.ticks(last, start);
            for (Sample sample : samples) {
                if (sample.kind() == timing.kind() && sample.decodeTicks() < lastTicks) {
                    return false;
                }
            }
        }
        return true;
    }

    void save(StateOutput out) {
        out.number(startBytes).number(headerStart);
        times.save(out);
        save(header, out);
        save(announced, out);
    }

    private static void save(@Nullable MovieHeader header, StateOutput out) {
        out.flag(header != null);
        if (header != null) {
            header.save(out);
        }
    }

    static PresentStream restore(StateInput in) {
        PresentStream stream = new PresentStream();
        stream.startBytes = in.number();
        stream.headerStart = in.number();
        stream.times = DecodeTimes.restore(in);
        stream.header = in.flag() ? MovieHeader.restore(in) : null;
        stream.announced = in.flag() ? MovieHeader.restore(in) : null;
        return stream;
    }
}
