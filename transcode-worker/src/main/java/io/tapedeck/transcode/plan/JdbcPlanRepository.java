package io.tapedeck.transcode.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.SessionPlan;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import io.tapedeck.transcode.task.JdbcSessionTasks;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
                                                false),
                                """
                                select count(*) filter (where cut = 'grid') as grid,
                                    count(*) filter (where cut = 'source') as source
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
        var planned = new JdbcPlannedRows(rows, step.before());
        String session = step.before().sessionId();
        List<PlannedRendition> added = planned.numbered(step.renditions());
        List<PlannedRendition> all = new ArrayList<>(planned.renditions());
        all.addAll(added);
        List<NewSegment> segments = segments(step, all, planned.rendered(step.windows()));
        List<EventDraft> events = events(step, added, all, segments);
        int due = (int) segments.stream().filter(NewSegment::isDue).count();
        Optional<Locked> locked = updatePlan(rows, step, events.size(), due);
        if (locked.isEmpty()) {
            return false;
        }
        planned.insertRenditions(added);
        planned.insertWindows(step.windows());
        planned.insertSegments(segments, clock.instant());
        planned.insertPlaces(step.offsets());
        planned.insertConversions(step.conversions(), clock.instant());
        story.tell(session, locked.get().eventSequence() - events.size() + 1, events);
        if (step.withdrawsSource()) {
            withdrawSource(rows, planned, session);
        }
        enqueue(step.before(), segments);
        if (step.state() == PlanState.CONVERTING) {
            planned.conversionsDue(clock.instant().plus(Liveness.patience(Queue.BACKLOG)))
                    .forEach(job -> story.enqueue(Queue.BACKLOG, job));
        }
        if (step.after().state() != PlanState.PLANNING && isSettled(rows, session)) {
            tasks.advanced(rows, session);
        }
        return true;
    }

    private static boolean isSettled(JdbcSession rows, String session) throws SQLException {
        return rows.find(
                                row -> row.integer("due_segments"),
                                "select due_segments from session_plan where session_id = ?",
                                session)
                        .orElse(0)
                == 0;
    }

    private void withdrawSource(JdbcSession rows, JdbcPlannedRows planned, String session)
            throws SQLException {
        List<EventDraft> events =
                planned.withdrawSource().stream()
                        .map(rendition -> rendition.withdrawn(session, WITHDRAWN))
                        .toList();
        story.tell(rows, session, events);
    }

    private static List<EventDraft> events(
            PlanStep step,
            List<PlannedRendition> added,
            List<PlannedRendition> all,
            List<NewSegment> segments) {
        String session = step.before().sessionId();
        var events = new ArrayList<EventDraft>();
        added.forEach(rendition -> events.add(rendition.planned(session)));
        for (NewSegment segment : segments) {
            TakenSegment taken = segment.taken();
            if (taken != null) {
                events.add(taken.ready(session, segment.rendition()));
            }
        }
        events.addAll(step.events());
        if (step.state() == PlanState.PLANNED) {
            all.stream()
                    .filter(one -> one.cut() == Cut.GRID || step.cursor().cuttable())
                    .map(one -> one.ended(session, step.windowCount(one.cut())))
                    .forEach(events::add);
        }
        return events;
    }

    private List<NewSegment> segments(
            PlanStep step, List<PlannedRendition> renditions, List<TakenSegment> rendered) {
        Instant now = clock.instant();
        var segments = new ArrayList<NewSegment>();
        for (PlannedWindow planned : step.windows()) {
            Queue window = queue(step, planned, now);
            for (PlannedRendition rendition : renditions) {
                if (rendition.cut() == planned.window().cut()) {
                    Queue queue = rendition.queue(window, step.cursor().cuttable());
                    segments.add(
                            new NewSegment(
                                    planned.window(),
                                    rendition,
                                    queue,
                                    now.plus(Liveness.patience(queue)),
                                    taken(rendered, planned, rendition)));
                }
            }
        }
        return segments;
    }

    private static @Nullable TakenSegment taken(
            List<TakenSegment> rendered, PlannedWindow planned, PlannedRendition into) {
        TakenSegment newest = null;
        for (TakenSegment segment : rendered) {
            newest = segment.fits(planned, into) ? segment : newest;
        }
        return newest;
    }

    private record Locked(long eventSequence) {}

    private Optional<Locked> updatePlan(
            JdbcSession rows, PlanStep step, int events, int newSegments) throws SQLException {
        PlanRow after = step.after();
        PlanCursor cursor = after.cursor();
        Stretch stretch = cursor.stretch();
        Failure failure = step.failure();
        return rows.find(
                row -> new Locked(row.number("event_sequence")),
                """
                update session_plan set version = version + 1, plan = ?, state = ?, next_chunk = ?, run = ?,
                    run_offset_bytes = ?, run_broken = ?, after_hole = ?, planner_state = ?,
                    next_window = ?, next_origin_ticks = ?, next_source_window = ?,
                    cuttable = ?, planned_ticks = ?, stretch = ?,
                    stretch_run = ?, stretch_origin_ticks = ?, gaps = ?::jsonb,
                    failure_code = ?, failure_message = ?, advanced_at = ?,
                    event_sequence = event_sequence + ?, due_segments = due_segments + ?
                where session_id = ? and version = ? and state = ?
                returning event_sequence
                """,
                after.plan(),
                after.state(),
                cursor.nextChunk(),
                cursor.run(),
                cursor.runOffsetBytes(),
                cursor.runBroken(),
                cursor.afterHole(),
                cursor.plannerState(),
                cursor.nextWindow(),
                cursor.nextOriginTicks(),
                cursor.nextSourceWindow(),
                cursor.cuttable(),
                cursor.plannedTicks(),
                stretch == null ? -1 : stretch.number(),
                stretch == null ? null : stretch.run(),
                stretch == null ? null : stretch.originTicks(),
                mapper.write(after.gaps()),
                failure == null ? null : failure.kind().code(),
                failure == null ? null : failure.message(),
                clock.instant(),
                events,
                newSegments,
                step.before().sessionId(),
                step.before().version(),
                step.before().state());
    }

    /// One job for each window and queue, whatever the number of renditions.
    private void enqueue(PlanRow plan, List<NewSegment> segments) {
        record Job(Queue queue, TranscodeJob job) {}
        segments.stream()
                .filter(NewSegment::isDue)
                .map(segment -> new Job(segment.queue(), job(plan, segment.window())))
                .distinct()
                .forEach(job -> story.enqueue(job.queue(), job.job()));
    }

    private static TranscodeJob job(PlanRow plan, Window window) {
        return new TranscodeJob.Render(
                plan.sessionId(),
                plan.plan(),
                window.cut().name().toLowerCase(Locale.ROOT),
                window.index());
    }

    private static Queue queue(PlanStep step, PlannedWindow planned, Instant now) {
        Window window = planned.window();
        return Liveness.queue(
                step.before().isWatched(),
                step.before().openedAt(),
                step.newestChunkAt(),
                window.sessionStartTicks() + window.durationTicks(),
                now);
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
