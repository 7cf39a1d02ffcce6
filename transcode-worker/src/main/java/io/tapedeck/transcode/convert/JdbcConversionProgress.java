package io.tapedeck.transcode.convert;

import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.StoryPublisher;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How far conversions are, in their rows and for the world. What only lists the frames of a run is
/// none: it takes no time.
final class JdbcConversionProgress {

    /// Steps that are worth an event.
    private static final double STEP = 0.01;

    /// After that long any step is: whoever hears nothing thinks that nobody is at work.
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final StoryPublisher story;

    JdbcConversionProgress(StoryPublisher story) {
        this.story = story;
    }

    /// Whether the world is to be told of it.
    boolean isNews(JdbcSession rows, Attempt attempt, Advance now, Instant at) throws SQLException {
        return rows.find(
                        row -> {
                            Instant told = row.instantOrNull("told_at");
                            double step = now.progress() - row.fraction("progress");
                            boolean quiet = told == null || !told.plus(QUIET).isAfter(at);
                            return step >= STEP || step > 0 && quiet;
                        },
                        "select progress, told_at from conversion where session_id = ? and run = ?",
                        attempt.sessionId(),
                        attempt.run())
                .orElse(false);
    }

    /// Keeps it and tells it, under the lock of the plan row.
    void keep(JdbcSession rows, Attempt attempt, Advance now, Instant at) throws SQLException {
        rows.update(
                """
                update conversion set progress = ?, told_at = ?, crowded_since = null
                where session_id = ? and run = ?
                """,
                now.progress(),
                at,
                attempt.sessionId(),
                attempt.run());
        tell(rows, attempt.sessionId(), now.remaining());
    }

    /// Tells how far all conversions of a session are, under the lock of the plan row.
    ///
    /// @param remaining of the one that goes on, if that is known
    void tell(JdbcSession rows, String sessionId, Optional<Duration> remaining)
            throws SQLException {
        record All(double progress, boolean others) {}
        Optional<All> all =
                rows.find(
                        row -> new All(share(row), row.number("due") > 1),
                        """
                        select sum(bytes) as bytes, count(*) filter (where state = 'due') as due,
                            sum(bytes * case state when 'due' then progress else 1 end) as done
                        from conversion v cross join lateral (
                            select greatest(1, sum(size_bytes))::double precision as bytes
                            from chunk c where c.session_id = v.session_id and c.run = v.run) r
                        where session_id = ? and (container <> 'mp4' or unindexable)
                        having count(*) > 0
                        """,
                        sessionId);
        if (all.isPresent()) {
            Long left = all.get().others() ? null : remaining.map(Duration::toMillis).orElse(null);
            double progress = all.get().progress();
            story.tell(
                    rows,
                    sessionId,
                    List.of((sequence, at) ->
                            new TranscodeEvent.Converting(
                                    sessionId, sequence, at, progress, left)));
        }
    }

    private static double share(JdbcRow row) throws SQLException {
        return Math.clamp(row.fraction("done") / row.fraction("bytes"), 0, 1);
    }
}
