package io.tapedeck.transcode.convert;

import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import io.tapedeck.transcode.task.JdbcCancelled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// [Conversions] in PostgreSQL.
@ApplicationScoped
class JdbcConversionRepository implements Conversions {

    /// Until another job is sent for one that was given back.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final String MINE =
            " where session_id = ? and run = ? and attempt = ? and state = 'due'";

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final JdbcConversionProgress progress;
    private final Clock clock;
    private final Duration lease;

    JdbcConversionRepository(
            JdbcDatabase database, StoryPublisher story, Clock clock, TapedeckWorkerConfig config) {
        this.database = database;
        this.story = story;
        this.progress = new JdbcConversionProgress(story);
        this.clock = clock;
        this.lease = config.export().lease();
    }

    @Override
    public Optional<Attempt> start(String sessionId, int run) {
        return database.transaction(rows ->
                rows.find(
                        JdbcConversionRepository::attempt,
                        """
                        update conversion v set attempt = attempt + 1, tries = tries + 1,
                            lease_until = ?, progress = 0, told_at = null
                        from session_plan p
                        where v.session_id = ? and v.run = ? and v.state = 'due'
                            and (lease_until is null or lease_until < ?)
                            and p.session_id = v.session_id and p.state = 'converting'
                        returning v.session_id, v.run, container, unindexable, attempt, tries
                        """,
                        clock.instant().plus(lease),
                        sessionId,
                        run,
                        clock.instant()));
    }

    private static Attempt attempt(JdbcRow row) throws SQLException {
        return new Attempt(
                row.text("session_id"),
                row.integer("run"),
                row.constant(ForeignContainer.class, "container"),
                row.flag("unindexable"),
                row.integer("attempt"),
                row.integer("tries"));
    }

    @Override
    public List<RunChunk> chunks(Attempt attempt) {
        return database.transaction(rows ->
                rows.query(
                        row ->
                                new RunChunk(
                                        row.number("chunk_index"),
                                        row.text("object_key"),
                                        row.number("size_bytes")),
                        """
                        select * from chunk where session_id = ? and run = ?
                        order by chunk_index
                        """,
                        attempt.sessionId(),
                        attempt.run()));
    }

    @Override
    public boolean alive(Attempt attempt, Advance advance) {
        Instant now = clock.instant();
        return database.transaction(rows -> {
            boolean news = progress.isNews(rows, attempt, advance, now);
            boolean mine =
                    !(news && !isConverting(rows, attempt))
                            && rows.update(
                                            "update conversion set lease_until = ?" + MINE,
                                            now.plus(lease),
                                            attempt.sessionId(),
                                            attempt.run(),
                                            attempt.number())
                                    == 1;
            if (mine && news) {
                progress.keep(rows, attempt, advance, now);
            }
            return mine;
        });
    }

    @Override
    public boolean made(Attempt attempt, String objectKey, long sizeBytes) {
        return made(attempt, objectKey, sizeBytes, false);
    }

    @Override
    public boolean indexed(Attempt attempt, String objectKey, long sizeBytes) {
        return made(attempt, objectKey, sizeBytes, true);
    }

    private boolean made(Attempt attempt, String objectKey, long sizeBytes, boolean indexed) {
        return database.transaction(rows -> {
            boolean mine =
                    isConverting(rows, attempt)
                            && rows.update(
                                            """
                                            update conversion set state = 'made', object_key = ?,
                                                lease_until = null
                                            """
                                                    + MINE,
                                            objectKey,
                                            attempt.sessionId(),
                                            attempt.run(),
                                            attempt.number())
                                    == 1;
            if (mine) {
                share(rows, attempt, objectKey, sizeBytes, indexed);
                progress.tell(rows, attempt.sessionId(), Optional.empty());
            }
            return mine;
        });
    }

    /// Locks the plan row first, as everywhere.
    private static boolean isConverting(JdbcSession rows, Attempt attempt) throws SQLException {
        return rows.find(
                        row -> row.text("state"),
                        """
                        select state from session_plan
                        where session_id = ? and state = 'converting' for no key update
                        """,
                        attempt.sessionId())
                .isPresent();
    }

    /// Gives each chunk of the run its share. Misses so far were of another object.
    private static void share(
            JdbcSession rows, Attempt attempt, String objectKey, long sizeBytes, boolean indexed)
            throws SQLException {
        rows.update(
                """
                insert into converted_chunk
                    (session_id, chunk_index, object_key, offset_bytes, size_bytes, indexed)
                select session_id, chunk_index, ?, size * (place - 1) / places,
                    size * place / places - size * (place - 1) / places, ?
                from (select session_id, chunk_index, ?::bigint as size,
                        row_number() over (order by chunk_index) as place,
                        count(*) over () as places
                    from chunk where session_id = ? and run = ?) as shares
                """,
                objectKey,
                indexed,
                sizeBytes,
                attempt.sessionId(),
                attempt.run());
        rows.update(
                "update chunk set misses = 0 where session_id = ? and run = ? and misses > 0",
                attempt.sessionId(),
                attempt.run());
    }

    @Override
    public void unindexable(Attempt attempt) {
        database.transaction(rows -> {
            isConverting(rows, attempt);
            int changed =
                    rows.update(
                            """
                            update conversion set unindexable = true, lease_until = null,
                                next_emit_at = ?, tries = tries - 1
                            """
                                    + MINE,
                            clock.instant().plus(PAUSE),
                            attempt.sessionId(),
                            attempt.run(),
                            attempt.number());
            if (JdbcCancelled.isRemembered(rows, attempt.sessionId())) {
                JdbcCancelled.cancelConversions(rows, attempt.sessionId());
            } else if (changed == 1) {
                story.enqueue(
                        Queue.CONVERT,
                        new TranscodeJob.Convert(attempt.sessionId(), attempt.run()));
            }
            return changed;
        });
    }

    @Override
    public Duration crowded(Attempt attempt) {
        Instant now = clock.instant();
        return database.transaction(rows -> JdbcCrowded.note(rows, attempt, now));
    }

    @Override
    public void failed(Attempt attempt, String reason) {
        database.transaction(rows -> {
            boolean mine =
                    isConverting(rows, attempt)
                            && rows.update(
                                            """
                                            update conversion set state = 'failed', reason = ?,
                                                lease_until = null
                                            """
                                                    + MINE,
                                            reason,
                                            attempt.sessionId(),
                                            attempt.run(),
                                            attempt.number())
                                    == 1;
            if (mine) {
                progress.tell(rows, attempt.sessionId(), Optional.empty());
            }
            return mine;
        });
    }

    @Override
    public void givenBack(Attempt attempt, boolean spoilt) {
        database.transaction(rows ->
                rows.update(
                        """
                        update conversion set lease_until = null, next_emit_at = ?,
                            tries = tries - ?
                        """
                                + MINE,
                        clock.instant().plus(PAUSE),
                        spoilt ? 1 : 0,
                        attempt.sessionId(),
                        attempt.run(),
                        attempt.number()));
    }
}
