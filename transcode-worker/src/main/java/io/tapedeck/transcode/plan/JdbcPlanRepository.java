package io.tapedeck.transcode.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.export.JdbcTaskRepository;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [Plans] in PostgreSQL.
@ApplicationScoped
class JdbcPlanRepository implements Plans {

    /// A job that nobody finished in this time is sent again.
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(10);

    private static final TypeReference<List<Gap>> GAPS = new TypeReference<>() {};
    private static final TypeReference<List<long[]>> RANGES = new TypeReference<>() {};

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final JdbcTaskRepository tasks;
    private final ObjectMapper json;
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
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Optional<PlanRow> load(String sessionId) {
        return database.transaction(rows ->
                rows.find(
                        this::planRow,
                        """
                        select *, exists (select from rendition r
                            where r.session_id = p.session_id) as has_rendition
                        from session_plan p where session_id = ?
                        """,
                        sessionId));
    }

    @Override
    public List<Chunk> chunks(String sessionId, long firstIndex, int limit) {
        return database.transaction(rows ->
                rows.query(
                        JdbcPlanRepository::chunk,
                        """
                        select chunk_index, run, object_key, size_bytes, stored_at
                        from chunk where session_id = ? and chunk_index >= ?
                        order by chunk_index limit ?
                        """,
                        sessionId,
                        firstIndex,
                        limit));
    }

    @Override
    public boolean commit(PlanStep step) {
        return database.transaction(rows -> commit(rows, step));
    }

    private boolean commit(JdbcSession rows, PlanStep step) throws SQLException {
        List<EventDraft> events = step.events();
        Rendition added = step.rendition();
        String session = step.before().sessionId();
        List<String> renditions = renditions(rows, session);
        if (added != null) {
            renditions.add(added.name());
        }
        Optional<Locked> locked =
                updatePlan(rows, step, events.size(), renditions.size() * step.windows().size());
        if (locked.isEmpty()) {
            return false;
        }
        if (added != null) {
            insertRendition(rows, session, added);
        }
        insertWindows(rows, session, step.windows());
        insertSegments(rows, session, step.windows(), renditions);
        writeOffsets(rows, session, step.offsets());
        story.tell(session, locked.get().eventSequence() - events.size() + 1, events);
        enqueue(step, renditions);
        if (step.state() != PlanState.PLANNING && locked.get().dueSegments() == 0) {
            tasks.settled(rows, session);
        }
        return true;
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
                write(step.gaps()),
                failure == null ? null : failure.kind().code(),
                failure == null ? null : failure.message(),
                clock.instant(),
                events,
                newSegments,
                step.before().sessionId(),
                step.before().version());
    }

    private static List<String> renditions(JdbcSession rows, String session) throws SQLException {
        return rows.query(
                row -> row.text("name"),
                "select name from rendition where session_id = ? and generation = ?",
                session,
                PlanStep.GENERATION);
    }

    private static void insertRendition(JdbcSession rows, String session, Rendition rendition)
            throws SQLException {
        rows.update(
                """
                insert into rendition (session_id, name, generation, width_pixels, height_pixels,
                    target_duration_seconds) values (?, ?, ?, ?, ?, ?)
                """,
                session,
                rendition.name(),
                PlanStep.GENERATION,
                rendition.widthPixels(),
                rendition.heightPixels(),
                PlanStep.TARGET_DURATION_SECONDS);
    }

    private static void insertWindows(JdbcSession rows, String session, List<PlannedWindow> windows)
            throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (PlannedWindow planned : windows) {
            Window window = planned.window();
            values.add(
                    new @Nullable Object[] {
                        session,
                        window.index(),
                        window.run(),
                        planned.stretch(),
                        window.originTicks(),
                        window.startTicks(),
                        window.endTicks(),
                        window.last(),
                        window.source().fromBytes(),
                        window.source().toBytes(),
                        window.source().checkpoint()
                    });
        }
        rows.batch(
                """
                insert into planned_window (session_id, window_index, run, stretch, origin_ticks,
                    start_ticks, end_ticks, last, from_bytes, to_bytes, checkpoint)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                values);
    }

    private void insertSegments(
            JdbcSession rows, String session, List<PlannedWindow> windows, List<String> renditions)
            throws SQLException {
        Instant nextEmitAt = clock.instant().plus(FIRST_PATIENCE);
        var values = new ArrayList<@Nullable Object[]>();
        for (PlannedWindow planned : windows) {
            for (String rendition : renditions) {
                values.add(
                        new @Nullable Object[] {
                            session,
                            rendition,
                            PlanStep.GENERATION,
                            planned.window().index(),
                            nextEmitAt
                        });
            }
        }
        rows.batch(
                """
                insert into segment (session_id, rendition, generation, window_index, next_emit_at)
                values (?, ?, ?, ?, ?)
                """,
                values);
    }

    private static void writeOffsets(
            JdbcSession rows, String session, List<PlanStep.ChunkOffset> offsets)
            throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (PlanStep.ChunkOffset offset : offsets) {
            values.add(new @Nullable Object[] {offset.offsetBytes(), session, offset.index()});
        }
        rows.batch(
                "update chunk set offset_bytes = ? where session_id = ? and chunk_index = ?",
                values);
    }

    private void enqueue(PlanStep step, List<String> renditions) {
        PlanRow plan = step.before();
        Instant now = clock.instant();
        for (PlannedWindow planned : step.windows()) {
            Window window = planned.window();
            var queue =
                    Liveness.queue(
                            plan.live(),
                            plan.openedAt(),
                            step.newestChunkAt(),
                            window.sessionStartTicks() + window.durationTicks(),
                            now);
            for (String rendition : renditions) {
                story.enqueue(
                        queue,
                        new TranscodeJob.Render(
                                plan.sessionId(), rendition, PlanStep.GENERATION, window.index()));
            }
        }
    }

    @Override
    public void swept(String sessionId) {
        database.transaction(rows ->
                rows.update(
                        "update session_plan set swept_at = ? where session_id = ?",
                        clock.instant(),
                        sessionId));
    }

    private PlanRow planRow(JdbcRow row) throws SQLException {
        Long chunkCount = row.numberOrNull("chunk_count");
        return new PlanRow(
                row.text("session_id"),
                row.number("version"),
                row.constant(PlanState.class, "state"),
                row.flag("live"),
                row.instantOrNull("opened_at"),
                chunkCount == null ? null : new Completion(chunkCount, missing(row)),
                row.flag("has_rendition"),
                cursor(row),
                read(row.text("gaps"), GAPS),
                row.instantOrNull("swept_at"));
    }

    private static PlanCursor cursor(JdbcRow row) throws SQLException {
        int stretch = row.integer("stretch");
        return new PlanCursor(
                row.number("next_chunk"),
                row.integerOrNull("run"),
                row.number("run_offset_bytes"),
                row.flag("run_broken"),
                row.flag("after_hole"),
                row.bytesOrNull("planner_state"),
                row.number("next_window"),
                row.number("next_origin_ticks"),
                row.number("planned_ticks"),
                stretch < 0
                        ? null
                        : new Stretch(
                                stretch,
                                row.integer("stretch_run"),
                                row.number("stretch_origin_ticks")));
    }

    private static Chunk chunk(JdbcRow row) throws SQLException {
        return new Chunk(
                row.number("chunk_index"),
                row.integer("run"),
                row.text("object_key"),
                row.number("size_bytes"),
                row.instant("stored_at"));
    }

    private List<IndexRange> missing(JdbcRow row) throws SQLException {
        return read(row.text("missing"), RANGES).stream()
                .map(range -> new IndexRange(range[0], range[1]))
                .toList();
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return Objects.requireNonNull(json.readValue(text, type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row holds JSON that cannot be read: " + text, e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON: " + value, e);
        }
    }
}
