package io.tapedeck.transcode.convert;

import io.tapedeck.transcode.database.JdbcSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// For how long there was no room to convert a run, in its row.
final class JdbcCrowded {

    /// A worker that is free looks every few seconds. When none has for so long, all were busy, and
    /// nobody knows how much room there was.
    private static final Duration LOOKS_APART = Duration.ofMinutes(10);

    private JdbcCrowded() {}

    /// Notes that there is none. Conversions that go on have files on a disk that may be the same,
    /// and give that room back when they end, so the time begins anew while there are any. What
    /// waits for room itself, or lists the frames of a file, has made no progress. Exports are not
    /// asked for: they only copy, which is over in minutes.
    ///
    /// @return for how long that has been so in every look; zero when the attempt is not the newest
    static Duration note(JdbcSession rows, Attempt attempt, Instant now) throws SQLException {
        return rows.find(
                        row -> Duration.between(row.instant("crowded_since"), now),
                        """
                        update conversion set crowded_at = ?,
                            crowded_since = case
                                when crowded_at >= ? and not exists (
                                    select from conversion o where o.state = 'due'
                                        and o.lease_until >= ? and o.progress > 0)
                                then coalesce(crowded_since, ?) else ? end
                        where session_id = ? and run = ? and attempt = ? and state = 'due'
                        returning crowded_since
                        """,
                        now,
                        now.minus(LOOKS_APART),
                        now,
                        now,
                        now,
                        attempt.sessionId(),
                        attempt.run(),
                        attempt.number())
                .orElse(Duration.ZERO);
    }
}
