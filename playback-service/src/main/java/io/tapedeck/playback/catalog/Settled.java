package io.tapedeck.playback.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is decided of a rendition's windows, wherever they are, and how fast that went.
///
/// @param windows rendered or given up
/// @param segments rendered
/// @param first when the first of them was, null before
/// @param last when the last of them was, null before
public record Settled(
        long windows, long segments, @Nullable Instant first, @Nullable Instant last) {

    static final Settled NONE = new Settled(0, 0, null, null);

    /// After that long nobody is at work, and nobody knows how long it takes.
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /// Fewer say nothing about the rest.
    private static final int FEWEST = 5;

    /// One more.
    ///
    /// @param at when the worker settled it
    Settled and(WindowOutcome outcome, Instant at) {
        return new Settled(
                windows + 1,
                segments + (outcome instanceof WindowOutcome.Segment ? 1 : 0),
                first == null || at.isBefore(first) ? at : first,
                last == null || at.isAfter(last) ? at : last);
    }

    /// How long more of them take at the pace so far; empty while nobody can know.
    ///
    /// @param more windows
    Optional<Duration> timeFor(long more, Instant now) {
        if (more <= 0) {
            return Optional.of(Duration.ZERO);
        }
        if (first == null
                || last == null
                || windows < FEWEST
                || !last.isAfter(first)
                || now.isAfter(last.plus(PAUSE))) {
            return Optional.empty();
        }
        return Optional.of(Duration.between(first, last).multipliedBy(more).dividedBy(windows - 1));
    }
}
