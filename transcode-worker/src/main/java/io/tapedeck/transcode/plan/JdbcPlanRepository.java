package io.tapedeck.transcode.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.export.JdbcTaskRepository;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// [Plans] in PostgreSQL.
@ApplicationScoped
class JdbcPlanRepository implements Plans {

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final JdbcTaskRepository tasks;
    private final PlanRowMapper mapper;
    private final Clock clock;

    JdbcPlanRepository(
            JdbcDatabase database,
            StoryPublisher story,
            JdbcTaskRepository tasks,
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
                        mapper::plan,
                        """
                        select *, exists (select from rendition r
                            where r.session_id = p.session_id and r.plan = p.plan) as has_rendition
                        from session_plan p where session_id = ?
                        """,
                        sessionId));
    }

    @Override
    public List<Chunk> chunks(String sessionId, long firstIndex, int limit) {
        return database.transaction(rows ->
                rows.query(
                        PlanRowMapper::chunk,
                        """
                        select chunk_index, run, object_key, size_bytes, stored_at, misses
                        from chunk where session_id = ? and chunk_index >= ?
                        order by chunk_index limit ?
                        """,
                        sessionId,
                        firstIndex,
                        limit));
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
        List<PlannedRendition> renditions = planned.renditions(step.renditions());
        List<NewSegment> segments = segments(step, renditions);
        List<EventDraft> events = new ArrayList<>(step.events());
        if (step.state() == PlanState.PLANNED) {
            renditions.forEach(rendition -> events.add(ended(step, rendition)));
        }
        Optional<Locked> locked = updatePlan(rows, step, events.size(), segments.size());
        if (locked.isEmpty()) {
            return false;
        }
        planned.insertRenditions(step.renditions());
        planned.insertWindows(step.windows());
        planned.insertSegments(segments);
        planned.writeOffsets(step.offsets());
        String session = step.before().sessionId();
        story.tell(session, locked.get().eventSequence() - events.size() + 1, events);
        enqueue(step.before(), segments);
        if (step.state() != PlanState.PLANNING && locked.get().dueSegments() == 0) {
            tasks.advanced(rows, session);
        }
        return true;
    }

    private static EventDraft ended(PlanStep step, PlannedRendition rendition) {
        return (sequence, at) ->
                new TranscodeEvent.RenditionEnded(
                        step.before().sessionId(),
                        sequence,
                        at,
                        rendition.name(),
                        rendition.generation(),
                        step.windowCount());
    }

    private List<NewSegment> segments(PlanStep step, List<PlannedRendition> renditions) {
        Instant now = clock.instant();
        var segments = new ArrayList<NewSegment>();
        for (PlannedWindow planned : step.windows()) {
            Queue window = queue(step, planned, now);
            for (PlannedRendition rendition : renditions) {
                if (rendition.cut() == planned.window().cut()) {
                    Queue queue = rendition.queue(window);
                    segments.add(
                            new NewSegment(
                                    planned.window(),
                                    rendition,
                                    queue,
                                    now.plus(Liveness.patience(queue))));
                }
            }
        }
        return segments;
    }

    private record Locked(long eventSequence, int dueSegments) {}

    private Optional<Locked> updatePlan(
            JdbcSession rows, PlanStep step, int events, int newSegments) throws SQLException {
        PlanCursor cursor = step.cursor();
        Stretch stretch = cursor.stretch();
        Failure failure = step.failure();
        return rows.find(
                row -> new Locked(row.number("event_sequence"), row.integer("due_segments")),
                """
                update session_plan set version = version + 1, state = ?, next_chunk = ?, run = ?,
                    run_offset_bytes = ?, run_broken = ?, after_hole = ?, planner_state = ?,
                    next_window = ?, next_origin_ticks = ?, planned_ticks = ?, stretch = ?,
                    stretch_run = ?, stretch_origin_ticks = ?, gaps = ?::jsonb,
                    failure_code = ?, failure_message = ?, advanced_at = ?,
                    event_sequence = event_sequence + ?, due_segments = due_segments + ?
                where session_id = ? and version = ? and state = 'planning'
                returning event_sequence, due_segments
                """,
                step.state(),
                cursor.nextChunk(),
                cursor.run(),
                cursor.runOffsetBytes(),
                cursor.runBroken(),
                cursor.afterHole(),
                cursor.plannerState(),
                cursor.nextWindow(),
                cursor.nextOriginTicks(),
                cursor.plannedTicks(),
                stretch == null ? -1 : stretch.number(),
                stretch == null ? null : stretch.run(),
                stretch == null ? null : stretch.originTicks(),
                mapper.write(step.gaps()),
                failure == null ? null : failure.kind().code(),
                failure == null ? null : failure.message(),
                clock.instant(),
                events,
                newSegments,
                step.before().sessionId(),
                step.before().version());
    }

    /// One job for each window and queue, whatever the number of renditions.
    private void enqueue(PlanRow plan, List<NewSegment> segments) {
        record Job(Queue queue, TranscodeJob job) {}
        segments.stream()
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
                step.before().live(),
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
