package io.tapedeck.transcode.recovery;

import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Finds rows that nobody works on although somebody should.
///
/// Each further job for the same row waits twice as long as the one before, up to
/// [#LONGEST_SECONDS], so that a deep queue is not made deeper.
@ApplicationScoped
class JdbcDueWorkRepository {

    /// Key of the lock that lets one worker look at a time. Any number that nobody else uses.
    private static final long LOCK = 0x7461_7065_6465_636bL;

    private static final int LONGEST_SECONDS = 300;

    /// A removed session is swept again when renderings that were under way have ended.
    private static final Duration SECOND_SWEEP = Duration.ofMinutes(10);

    private final JdbcDatabase database;
    private final StoryPublisher story;

    JdbcDueWorkRepository(JdbcDatabase database, StoryPublisher story) {
        this.database = database;
        this.story = story;
    }

    /// What a round did and found.
    ///
    /// @param segments jobs sent again
    /// @param tasks jobs sent again
    /// @param conversions jobs sent again
    /// @param plans sessions whose plan is to be woken
    record Round(int segments, int tasks, int conversions, List<String> plans) {}

    /// Sends overdue jobs again and finds plans that stand still. Empty when another worker is at
    /// it.
    Optional<Round> round(Instant now, Duration planPatience, Duration holePatience, int limit) {
        return database.transaction(rows -> {
            boolean mine =
                    rows.find(
                                    row -> row.flag("mine"),
                                    "select pg_try_advisory_xact_lock(?) as mine",
                                    LOCK)
                            .orElseThrow();
            if (!mine) {
                return Optional.empty();
            }
            int segments = sendSegments(rows, now, limit);
            int tasks = sendTasks(rows, now, limit);
            int conversions = sendConversions(rows, now, limit);
            List<String> plans = plans(rows, now, planPatience, holePatience, limit);
            return Optional.of(new Round(segments, tasks, conversions, plans));
        });
    }

    /// One job for each window, whatever the number of renditions that it is overdue in.
    private int sendSegments(JdbcSession rows, Instant now, int limit) throws SQLException {
        record Due(Queue queue, TranscodeJob job) {}
        List<Due> due =
                rows.query(
                        row -> new Due(row.constant(Queue.class, "queue"), render(row)),
                        """
                        with overdue as (
                            select session_id, plan, cut, window_index, queue from segment
                            where state = 'due' and next_emit_at < ?
                            order by next_emit_at limit ?),
                        due as (
                            select session_id, rendition, generation, window_index from segment
                            where state = 'due' and (session_id, plan, cut, window_index, queue)
                                in (select * from overdue)
                            for update skip locked),
                        sent as (
                            update segment s set emissions = emissions + 1,
                                next_emit_at = ?::timestamptz + interval '1 second'
                                    * least(?, 10 * power(2, least(emissions, 10)))
                            from due d
                            where s.session_id = d.session_id and s.rendition = d.rendition
                                and s.generation = d.generation
                                and s.window_index = d.window_index
                            returning s.session_id, s.plan, s.cut, s.window_index, s.queue)
                        select distinct * from sent
                        """,
                        now,
                        limit,
                        now,
                        LONGEST_SECONDS);
        due.forEach(one -> story.enqueue(one.queue(), one.job()));
        return due.size();
    }

    private static TranscodeJob render(JdbcRow row) throws SQLException {
        return new TranscodeJob.Render(
                row.text("session_id"),
                row.integer("plan"),
                row.text("cut"),
                row.number("window_index"));
    }

    private int sendTasks(JdbcSession rows, Instant now, int limit) throws SQLException {
        List<TranscodeJob> due =
                rows.query(
                        row -> new TranscodeJob.Export(row.text("session_id"), row.text("task_id")),
                        """
                        with due as (
                            select task_id from task t join session_plan p using (session_id)
                            where t.state in ('queued', 'running') and t.task_type = 'export'
                                and t.next_emit_at < ?
                                and (p.state in ('planned', 'failed') and p.due_segments = 0
                                    or t.format in ('frames-mp4', 'wav') and p.state <> 'removed')
                            order by t.next_emit_at limit ? for update of t skip locked)
                        update task t set emissions = emissions + 1,
                            next_emit_at = ?::timestamptz + interval '1 second'
                                * least(?, 10 * power(2, least(emissions, 10)))
                        from due d where t.task_id = d.task_id
                        returning t.session_id, t.task_id
                        """,
                        now,
                        limit,
                        now,
                        LONGEST_SECONDS);
        due.forEach(job -> story.enqueue(Queue.BACKLOG, job));
        return due.size();
    }

    private int sendConversions(JdbcSession rows, Instant now, int limit) throws SQLException {
        List<Runnable> due =
                rows.query(
                        row -> {
                            Queue queue = Queue.ofConversion(row.flag("quick"));
                            var job =
                                    new TranscodeJob.Convert(
                                            row.text("session_id"), row.integer("run"));
                            return () -> story.enqueue(queue, job);
                        },
                        """
                        with due as (
                            select session_id, v.run from conversion v
                                join session_plan p using (session_id)
                            where v.state = 'due' and v.next_emit_at < ?
                                and (v.lease_until is null or v.lease_until < ?)
                                and p.state = 'converting'
                            order by v.next_emit_at limit ? for update of v skip locked)
                        update conversion v set emissions = emissions + 1,
                            next_emit_at = ?::timestamptz + interval '1 second'
                                * least(?, 10 * power(2, least(emissions, 10)))
                        from due d where v.session_id = d.session_id and v.run = d.run
                        returning v.session_id, v.run,
                            v.container = 'mp4' and not v.unindexable as quick
                        """,
                        now,
                        now,
                        limit,
                        now,
                        LONGEST_SECONDS);
        due.forEach(Runnable::run);
        return due.size();
    }

    private static List<String> plans(
            JdbcSession rows, Instant now, Duration patience, Duration holePatience, int limit)
            throws SQLException {
        Instant overdue = now.minus(patience);
        return rows.query(
                row -> row.text("session_id"),
                """
                select session_id from session_plan p where state = 'planning' and (
                    exists (select from chunk c where c.session_id = p.session_id
                        and c.chunk_index = p.next_chunk and c.told_at < ?)
                    or live and chunk_count is null and run is not null and exists (
                        select from chunk c where c.session_id = p.session_id
                            and c.chunk_index > p.next_chunk and c.told_at < ?)
                    or chunk_count is not null and coalesce(advanced_at, created_at) < ?)
                union all
                select session_id from session_plan p where state = 'converting'
                    and not exists (select from conversion v
                        where v.session_id = p.session_id and v.state = 'due')
                union all
                select session_id from session_plan where state = 'removed' and (
                    swept_at is null and removed_at < ?
                    or removed_at < ? and swept_at < removed_at + interval '1 second' * ?)
                limit ?
                """,
                overdue,
                now.minus(holePatience),
                overdue,
                overdue,
                now.minus(SECOND_SWEEP),
                SECOND_SWEEP.toSeconds(),
                limit);
    }

    /// What is waiting to be made.
    ///
    /// @param segments how many
    /// @param conversions how many recordings are to be converted or are being converted
    /// @param oldestSeconds how long the oldest one has been waiting, 0 when none is
    record Waiting(long segments, double oldestSeconds, long conversions) {}

    /// Looks at all that is waiting, whoever is going to make it.
    Waiting waiting(Instant now) {
        return database.transaction(rows ->
                rows.find(
                                row ->
                                        new Waiting(
                                                row.number("due"),
                                                row.fraction("oldest"),
                                                row.number("conversions")),
                                """
                                select count(*) as due,
                                    coalesce(extract(epoch from ? - min(due_at)), 0)
                                        as oldest,
                                    (select count(*) from conversion v
                                            join session_plan p using (session_id)
                                        where v.state = 'due' and p.state = 'converting')
                                        as conversions
                                from segment where state = 'due'
                                """,
                                now)
                        .orElseThrow());
    }
}
