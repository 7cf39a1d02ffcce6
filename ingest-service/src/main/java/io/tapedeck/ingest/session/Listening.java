package io.tapedeck.ingest.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Since when this process has been there to hear clients without a break. A silence that falls
/// into a restart, a sleep of the machine or an outage of the database is not the client's.
///
/// For one thread at a time.
final class Listening {

    private final Clock clock;
    private final Duration longestPause;
    private @Nullable Moment last;

    /// @param longestPause between two looks; after a longer one the process was away
    Listening(Clock clock, Duration longestPause) {
        this.clock = clock;
        this.longestPause = longestPause;
    }

    /// One look at all sessions. Its time is taken once: a machine that falls asleep in the middle
    /// of it finishes it with the time of before.
    record Moment(Instant now, Instant listeningSince) {

        Duration quietSince(Instant heard) {
            return Duration.between(heard.isAfter(listeningSince) ? heard : listeningSince, now);
        }
    }

    /// Begins a look.
    Moment look() {
        Instant now = clock.instant();
        Moment moment =
                last == null || wasAway(last.now(), now)
                        ? new Moment(now, now)
                        : new Moment(now, last.listeningSince());
        last = moment;
        return moment;
    }

    /// The look failed: until the next one, nothing could be heard.
    void failed() {
        last = null;
    }

    /// A clock that was set back tells nothing about the time between.
    private boolean wasAway(Instant before, Instant now) {
        return now.isBefore(before) || Duration.between(before, now).compareTo(longestPause) > 0;
    }
}
