package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.feed.HlsPlaylist.Segment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How far a playlist has been pulled. Decides what is next.
///
/// @param last what was pulled last; empty before the first
record HlsPosition(Optional<Segment> last) {

    static final HlsPosition START = new HlsPosition(Optional.empty());

    /// For so long a playlist may be an old one.
    private static final int STALE_TARGETS = 3;

    /// Segments that are to be pulled now. It begins with the newest: this is a camera, and what
    /// was before is gone. So it does when a camera was restarted and counts from elsewhere. A
    /// playlist that ends a little behind what was pulled is no such thing: another server, or a
    /// cache, answered with what it had.
    ///
    /// @param quiet for how long there was nothing due
    List<Segment> due(HlsPlaylist playlist, Duration quiet) {
        List<Segment> listed = playlist.segments();
        if (listed.isEmpty()) {
            return List.of();
        }
        long newest = listed.getLast().number();
        if (last.isEmpty()) {
            return List.of(listed.getLast());
        }
        long behind = last.get().number();
        if (newest < behind) {
            boolean restarted =
                    newest + listed.size() < behind
                            || quiet.compareTo(playlist.target().multipliedBy(STALE_TARGETS)) >= 0;
            return restarted ? List.of(listed.getLast()) : List.of();
        }
        return listed.stream().filter(segment -> segment.number() > behind).toList();
    }

    /// Whether a segment goes on where the last one ended, and is read with the same header.
    boolean continues(Segment next) {
        return last.filter(before ->
                        next.number() == before.number() + 1
                                && !next.discontinuity()
                                && next.header().equals(before.header()))
                .isPresent();
    }

    HlsPosition behind(Segment segment) {
        return new HlsPosition(Optional.of(segment));
    }
}
