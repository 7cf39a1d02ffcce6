package io.tapedeck.transcode.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.plan.SessionPlan;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.ladder.JdbcFirstWindows;
import io.tapedeck.transcode.ladder.JdbcPassthrough;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import io.tapedeck.transcode.task.JdbcCancelled;
import io.tapedeck.transcode.task.JdbcSessionTasks;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// [Plans] in PostgreSQL.
@ApplicationScoped
class JdbcPlanRepository implements Plans {

    private static final String WITHDRAWN =
            "The recording cannot be offered as it came: its keyframes are too far apart, or it"
                    + " goes on in another way.";

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final JdbcSessionTasks tasks;
    private final PlanRowMapper mapper;
    private final Clock clock;

    JdbcPlanRepository(
            JdbcDatabase database,
            StoryPublisher story,
            JdbcSessionTasks tasks,
            ObjectMapper json,
            Clock clock) {
        this.database = database;
        this.story = story;
        this.tasks = tasks;
        this.mapper = new PlanRowMapper(json);
        this.clock = clock;
    }

    @Override
    public Optional<PlanRow> load(String sessionId) {
        return database.transaction(rows ->
                rows.find(
                        row ->
                                mapper.plan(
                                        row,
                                        row.flag("has_conversion")
                                                ? conversions(rows, sessionId)
                                                : List.of()),
                        """
                        select *, exists (select from rendition r
                                where r.session_id = p.session_id and r.plan = p.plan)
                            as has_rendition,
                            exists (select from conversion v where v.session_id = p.session_id)
                            as has_conversion
                        from session_plan p where session_id = ?
                        """,
                        sessionId));
    }

    private static List<Conversion> conversions(JdbcSession rows, String sessionId)
            throws SQLException {
        return rows.query(
                PlanRowMapper::conversion,
                "select * from conversion where session_id = ?",
                sessionId);
    }

    @Override
    public List<Chunk> chunks(String sessionId, long firstIndex, int limit) {
        return database.transaction(rows ->
                rows.query(
                        PlanRowMapper::chunk,
                        """
                        select * from readable_chunk where session_id = ? and chunk_index >= ?
                        order by chunk_index limit ?
                        """,
                        sessionId,
                        firstIndex,
                        limit));
    }

    @Override
    public boolean isIncomplete(PlanRow plan) {
        return database.transaction(rows ->
                rows.find(
                                row -> row.flag("late"),
                                """
                                select exists (select from chunk c
                                    where session_id = ? and chunk_index < ? and not exists (
                                        select from chunk_place p where p.session_id = c.session_id
                                            and p.chunk_index = c.chunk_index and p.plan = ?))
                                    as late
                                """,
                                plan.sessionId(),
                                plan.cursor().nextChunk(),
                                plan.plan())
                        .orElse(false));
    }

    @Override
    public List<Chunk> taken(PlanRow plan, long firstIndex, int limit) {
        return database.transaction(rows ->
                rows.query(
                        PlanRowMapper::chunk,
                        """
                        select c.* from chunk_place p
                            join readable_chunk c using (session_id, chunk_index)
                        where p.session_id = ? and p.plan = ? and p.run = ? and p.chunk_index >= ?
                        order by p.chunk_index limit ?
                        """,
                        plan.sessionId(),
                        plan.plan(),
                        plan.cursor().run(),
                        firstIndex,
                        limit));
    }

    @Override
    public SessionPlan behind(PlanRow plan) {
        return database.transaction(rows ->
                rows.find(
                                row ->
                                        new SessionPlan(
                                                row.number("grid"),
                                                SessionPlan.originAfter(
                                                        plan.cursor().plannedTicks()),
                                                row.number("source"),
                                                false,
                                                plan.cursor().leaptTicks()),
                                """
                                select coalesce(max(window_index) filter (where cut = 'grid') + 1, 0)
                                        as grid,
                                    coalesce(max(window_index) filter (where cut = 'source') + 1, 0)
                                        as source
                                from planned_window where session_id = ? and plan = ?
                                """,
                                plan.sessionId(),
                                plan.plan())
                        .orElseThrow());
    }

    @Override
    public void missed(String sessionId, long chunkIndex) {
        Instant now = clock.instant();
        database.transaction(rows ->
                rows.update(
                        """
                        update chunk set misses = misses + 1, missed_at = ?
                        where session_id = ? and chunk_index = ?
                            and (missed_at is null or missed_at <= ?)
                        """,
                        now,
                        sessionId,
                        chunkIndex,
                        now.minus(Chunk.MISSES_APART)));
    }

    @Override
    public boolean commit(PlanStep step) {
        return database.transaction(rows -> commit(rows, step));
    }

    private boolean commit(JdbcSession rows, PlanStep step) throws SQLException {
        Instant now = clock.instant();
        PlanRow before = step.before();
        var planned = new JdbcPlannedRows(rows, before, mapper);
        var renditions = new JdbcRenditionRows(rows, before);
        var segments = new JdbcPlannedSegments(rows, before);
        var passthrough = new JdbcPassthrough(rows, before.sessionId(), before.plan());
        List<PlannedRendition> known = renditions.planned();
        List<PlannedRendition> added = renditions.numbered(step.renditions());
        boolean copied = step.cursor().cuttable() && isCopied(known, passthrough);
        var effects =
                StepEffects.of(step, known, added, copied, segments.made(step.windows()), now);
        Optional<Long> sequence =
                planned.advance(step, effects.events().size(), effects.dueSegments(), now);
        if (sequence.isEmpty()) {
            return false;
        }
        if (step.isAfresh()) {
            planned.deletePlaces();
        }
        renditions.insert(added);
        planned.insertWindows(step.windows());
        segments.insert(effects.segments(), now);
        planned.insertPlaces(step.offsets());
        planned.insertConversions(step.conversions(), now);
        long firstSequence = sequence.get() - effects.events().size() + 1;
        story.tell(before.sessionId(), firstSequence, effects.events());
        if (step.withdrawsSource()) {
            story.tell(rows, before.sessionId(), passthrough.withdraw(WITHDRAWN));
            new JdbcFirstWindows(rows, story).hurry(before.sessionId(), before.plan(), now);
        }
        effects.jobs().forEach(job -> story.enqueue(job.queue(), job.job()));
        if (step.after().state() == PlanState.PLANNED) {
            tasks.planned(rows, before.sessionId());
        }
        if (step.state() == PlanState.CONVERTING) {
            if (JdbcCancelled.isRemembered(rows, before.sessionId())) {
                JdbcCancelled.cancelConversions(rows, before.sessionId());
            }
            planned.conversionsDue(now.plus(Liveness.patience(Queue.CONVERT)))
                    .forEach(due -> story.enqueue(due.queue(), due.job()));
        }
        if (step.after().state() != PlanState.PLANNING && isSettled(rows, before.sessionId())) {
            tasks.advanced(rows, before.sessionId());
        }
        return true;
    }

    /// Whether viewers have the recorder's own pictures, or will as far as anybody knows.
    private static boolean isCopied(List<PlannedRendition> known, JdbcPassthrough passthrough)
            throws SQLException {
        return known.isEmpty()
                || known.stream().anyMatch(one -> one.cut() == Cut.SOURCE)
                || !passthrough.isWithdrawn();
    }

    private static boolean isSettled(JdbcSession rows, String session) throws SQLException {
        return rows.find(
                                row -> row.integer("due_segments"),
                                "select due_segments from session_plan where session_id = ?",
                                session)
                        .orElse(0)
                == 0;
    }

    @Override
    public void swept(String sessionId) {
        database.transaction(rows ->
                rows.update(
                        "update session_plan set swept_at = ? where session_id = ?",
                        clock.instant(),
                        sessionId));
    }
}
