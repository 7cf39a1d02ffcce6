package io.tapedeck.transcode.render;

import io.tapedeck.ffmpeg.segment.RenderedSegment;
import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.export.JdbcTaskRepository;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// [Segments] in PostgreSQL.
@ApplicationScoped
class JdbcSegmentRepository implements Segments {

    private static final String KEY =
            " session_id = ? and rendition = ? and generation = ? and window_index = ? ";

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final JdbcTaskRepository tasks;
    private final Clock clock;
    private final int maxFailures;

    JdbcSegmentRepository(
            JdbcDatabase database,
            StoryPublisher story,
            JdbcTaskRepository tasks,
            Clock clock,
            TapedeckWorkerConfig config) {
        this.database = database;
        this.story = story;
        this.tasks = tasks;
        this.clock = clock;
        this.maxFailures = config.render().maxFailures();
    }

    @Override
    public Optional<ClaimedSegment> claim(SegmentId id) {
        return database.transaction(rows -> {
            Optional<Integer> attempts =
                    rows.find(
                            row -> row.integer("attempts"),
                            "update segment set attempts = attempts + 1 where"
                                    + KEY
                                    + "and state = 'due' returning attempts",
                            id.sessionId(),
                            id.rendition(),
                            id.generation(),
                            id.window());
            return attempts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(read(rows, id, attempts.get()));
        });
    }

    private static ClaimedSegment read(JdbcSession rows, SegmentId id, int attempts)
            throws SQLException {
        ClaimedSegment claim =
                rows.find(
                                row -> claimed(row, id, attempts),
                                """
                                select w.*, r.width_pixels, r.height_pixels
                                from planned_window w join rendition r using (session_id)
                                where session_id = ? and window_index = ?
                                    and r.name = ? and r.generation = ?
                                """,
                                id.sessionId(),
                                id.window(),
                                id.rendition(),
                                id.generation())
                        .orElseThrow(() -> new IllegalStateException("no window: " + id));
        Window window = claim.window();
        List<ChunkSlice.Placed> chunks =
                rows.query(
                        row ->
                                new ChunkSlice.Placed(
                                        row.text("object_key"),
                                        row.number("offset_bytes"),
                                        row.number("size_bytes")),
                        """
                        select object_key, offset_bytes, size_bytes from chunk
                        where session_id = ? and run = ? and offset_bytes < ?
                            and offset_bytes + size_bytes > ? and size_bytes > 0
                        order by offset_bytes
                        """,
                        id.sessionId(),
                        window.run(),
                        window.source().toBytes(),
                        window.source().fromBytes());
        return new ClaimedSegment(
                id,
                window,
                claim.stretch(),
                claim.rendition(),
                attempts,
                ChunkSlice.cut(chunks, window.source().fromBytes(), window.source().toBytes()));
    }

    private static ClaimedSegment claimed(JdbcRow row, SegmentId id, int attempts)
            throws SQLException {
        return new ClaimedSegment(
                id,
                new Window(
                        id.window(),
                        row.integer("run"),
                        row.number("origin_ticks"),
                        row.number("start_ticks"),
                        row.number("end_ticks"),
                        row.flag("last"),
                        new Window.ByteSpan(
                                row.number("from_bytes"),
                                row.number("to_bytes"),
                                row.bytes("checkpoint"))),
                row.integer("stretch"),
                new Rendition(
                        id.rendition(), row.integer("width_pixels"), row.integer("height_pixels")),
                attempts,
                List.of());
    }

    @Override
    public Optional<String> rendered(
            ClaimedSegment claim, RenderedSegment segment, String objectKey) {
        SegmentId id = claim.id();
        return database.transaction(rows -> {
            lockPlan(rows, id);
            int won =
                    rows.update(
                            "update segment set state = 'rendered', object_key = ?,"
                                    + " digest = ?, size_bytes = ?, codecs = ?, frames = ?,"
                                    + " settled_at = ? where"
                                    + KEY
                                    + "and state = 'due'",
                            objectKey,
                            Renderer.digest(segment),
                            segment.sizeBytes(),
                            segment.codecs(),
                            segment.frames(),
                            clock.instant(),
                            id.sessionId(),
                            id.rendition(),
                            id.generation(),
                            id.window());
            if (won == 0) {
                return winner(rows, id);
            }
            tell(rows, settled(rows, id), SegmentEvents.ready(claim, segment, objectKey));
            return Optional.of(objectKey);
        });
    }

    private static Optional<String> winner(JdbcSession rows, SegmentId id) throws SQLException {
        return rows.find(
                row -> row.text("object_key"),
                "select object_key from segment where" + KEY + "and state = 'rendered'",
                id.sessionId(),
                id.rendition(),
                id.generation(),
                id.window());
    }

    @Override
    public void failed(SegmentId id, String reason, boolean again) {
        database.transaction(rows -> {
            boolean live = lockPlan(rows, id);
            Optional<Integer> failures =
                    rows.find(
                            row -> row.integer("failures"),
                            "update segment set failures = failures + 1 where"
                                    + KEY
                                    + "and state = 'due' returning failures",
                            id.sessionId(),
                            id.rendition(),
                            id.generation(),
                            id.window());
            if (failures.isPresent() && again && failures.get() < maxFailures) {
                story.enqueue(Queue.of(live), id.job());
            } else if (failures.isPresent()) {
                giveUp(rows, id, reason);
            }
            return failures;
        });
    }

    /// Reads no more of the window than the world has to be told, for the rest may be what is bad.
    private void giveUp(JdbcSession rows, SegmentId id, String reason) throws SQLException {
        rows.update(
                "update segment set state = 'failed', reason = ?, settled_at = ? where" + KEY,
                reason,
                clock.instant(),
                id.sessionId(),
                id.rendition(),
                id.generation(),
                id.window());
        SegmentEvents.Place place =
                rows.find(
                                row ->
                                        new SegmentEvents.Place(
                                                row.integer("stretch"),
                                                row.number("session_start_ticks"),
                                                row.number("duration_ticks")),
                                """
                                select stretch, origin_ticks + start_ticks as session_start_ticks,
                                    end_ticks - start_ticks as duration_ticks
                                from planned_window where session_id = ? and window_index = ?
                                """,
                                id.sessionId(),
                                id.window())
                        .orElseThrow();
        tell(rows, settled(rows, id), SegmentEvents.failed(id, place, reason));
    }

    /// Before any of its segments, as everywhere.
    ///
    /// @return whether the session is live and goes on
    private static boolean lockPlan(JdbcSession rows, SegmentId id) throws SQLException {
        return rows.find(
                        row -> row.flag("live"),
                        """
                        select live and state = 'planning' as live
                        from session_plan where session_id = ? for no key update
                        """,
                        id.sessionId())
                .orElse(false);
    }

    @Override
    public void givenBack(ClaimedSegment claim) {
        SegmentId id = claim.id();
        database.transaction(rows ->
                rows.update(
                        "update segment set attempts = greatest(0, attempts - 1) where"
                                + KEY
                                + "and state = 'due'",
                        id.sessionId(),
                        id.rendition(),
                        id.generation(),
                        id.window()));
    }

    /// @param ready whether this was the last segment of a session that is planned to its end
    private record Settled(String sessionId, long eventSequence, boolean ready) {}

    /// Locks the plan row and takes a segment off what is due.
    private static Settled settled(JdbcSession rows, SegmentId id) throws SQLException {
        Optional<Settled> settled =
                rows.find(
                        row ->
                                new Settled(
                                        id.sessionId(),
                                        row.number("event_sequence"),
                                        row.integer("due_segments") == 0
                                                && !row.text("state").equals("planning")),
                        """
                        update session_plan set event_sequence = event_sequence + 1,
                            due_segments = due_segments - 1
                        where session_id = ? and state <> 'removed' and due_segments > 0
                        returning event_sequence, due_segments, state
                        """,
                        id.sessionId());
        return settled.orElseThrow(() -> new IllegalStateException("not due in plan: " + id));
    }

    private void tell(JdbcSession rows, Settled plan, EventDraft event) throws SQLException {
        story.tell(plan.sessionId(), plan.eventSequence(), List.of(event));
        if (plan.ready()) {
            tasks.settled(rows, plan.sessionId());
        }
    }
}
