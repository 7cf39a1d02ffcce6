package io.tapedeck.transcode.render;

import io.tapedeck.ffmpeg.segment.SegmentContents;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import io.tapedeck.transcode.task.JdbcSessionTasks;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [Segments] in PostgreSQL.
@ApplicationScoped
class JdbcSegmentRepository implements Segments {

    private static final String KEY =
            " session_id = ? and rendition = ? and generation = ? and window_index = ? ";

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final JdbcSessionTasks tasks;
    private final Clock clock;
    private final int maxFailures;

    JdbcSegmentRepository(
            JdbcDatabase database,
            StoryPublisher story,
            JdbcSessionTasks tasks,
            Clock clock,
            TapedeckWorkerConfig config) {
        this.database = database;
        this.story = story;
        this.tasks = tasks;
        this.clock = clock;
        this.maxFailures = config.render().maxFailures();
    }

    @Override
    public Optional<Claim> claim(WindowId lead, Queue queue, int mostWindows) {
        return database.transaction(
                rows -> new JdbcClaims(rows, lead, queue).claim(mostWindows, clock.instant()));
    }

    @Override
    public List<MadeSegment> rendered(Claim claim, List<MadeSegment> made) {
        return database.transaction(rows -> {
            boolean there = lockPlan(rows, claim.lead());
            var lost = new ArrayList<MadeSegment>();
            var events = new ArrayList<EventDraft>();
            for (MadeSegment one : made) {
                if (there && won(rows, one)) {
                    events.add(SegmentEvents.ready(claim.stretch(), one));
                } else if (!isWinner(rows, one)) {
                    lost.add(one);
                }
            }
            settle(rows, claim.lead(), events);
            return lost;
        });
    }

    private boolean won(JdbcSession rows, MadeSegment made) throws SQLException {
        SegmentContents contents = made.segment().contents();
        return rows.update(
                        "update segment set state = 'rendered', object_key = ?,"
                                + " digest = ?, size_bytes = ?, codecs = ?, frames = ?,"
                                + " wanted_pictures = ?, source_pictures = ?,"
                                + " first_picture_ticks = ?,"
                                + " last_picture_ticks = ?, sound_frames = ?,"
                                + " first_sound_ticks = ?,"
                                + " settled_at = ?, claimed_lead = null, claimed_until = null"
                                + " where"
                                + KEY
                                + "and state = 'due'",
                        values(
                                made.id(),
                                made.objectKey(),
                                Renderer.digest(made.segment()),
                                made.segment().sizeBytes(),
                                made.segment().codecs(),
                                made.segment().frames(),
                                contents.wantedPictures(),
                                contents.sourcePictures(),
                                contents.firstPictureTicks(),
                                contents.lastPictureTicks(),
                                contents.soundFrames(),
                                contents.firstSoundTicks(),
                                clock.instant()))
                == 1;
    }

    /// The same bytes may have been made before, under the same key.
    private static boolean isWinner(JdbcSession rows, MadeSegment made) throws SQLException {
        return rows.find(
                        row -> row.text("object_key"),
                        "select object_key from segment where" + KEY + "and state = 'rendered'",
                        values(made.id()))
                .map(made.objectKey()::equals)
                .orElse(false);
    }

    @Override
    public void failed(Claim claim, String reason, boolean again) {
        database.transaction(rows -> fail(rows, claim, reason, again));
    }

    private int fail(JdbcSession rows, Claim claim, String reason, boolean again)
            throws SQLException {
        lockPlan(rows, claim.lead());
        var events = new ArrayList<EventDraft>();
        boolean alone = claim.windows().size() == 1;
        boolean retried = false;
        for (SegmentId id : claim.segments()) {
            Optional<Integer> failures = countFailure(rows, id, alone);
            if (failures.isPresent() && alone && !(again && failures.get() < maxFailures)) {
                giveUp(rows, id, reason).ifPresent(events::add);
            } else {
                retried |= failures.isPresent();
            }
        }
        settle(rows, claim.lead(), events);
        if (alone && retried) {
            story.enqueue(claim.queue(), claim.lead().at(claim.windows().getFirst().index()).job());
        }
        return events.size();
    }

    /// @param freed whether any job may take it now
    private static Optional<Integer> countFailure(JdbcSession rows, SegmentId id, boolean freed)
            throws SQLException {
        String claim = freed ? ", claimed_lead = null, claimed_until = null" : "";
        return rows.find(
                row -> row.integer("failures"),
                "update segment set failures = failures + 1"
                        + claim
                        + " where"
                        + KEY
                        + "and state = 'due' returning failures",
                values(id));
    }

    @Override
    public void failed(WindowId window, Queue queue, String reason) {
        database.transaction(rows -> {
            lockPlan(rows, window);
            var events = new ArrayList<EventDraft>();
            boolean retried = false;
            for (SegmentId id : due(rows, window, queue)) {
                Optional<Integer> failures = countFailure(rows, id, true);
                if (failures.orElse(0) >= maxFailures) {
                    giveUp(rows, id, reason).ifPresent(events::add);
                } else {
                    retried = true;
                }
            }
            settle(rows, window, events);
            if (retried) {
                story.enqueue(queue, window.job());
            }
            return retried;
        });
    }

    private static List<SegmentId> due(JdbcSession rows, WindowId window, Queue queue)
            throws SQLException {
        return rows.query(
                row ->
                        new SegmentId(
                                window.sessionId(),
                                row.text("rendition"),
                                row.integer("generation"),
                                window.index()),
                """
                select rendition, generation from segment where session_id = ? and plan = ?
                    and cut = ? and window_index = ? and state = 'due' and queue = ?
                """,
                window.sessionId(),
                window.plan(),
                window.cut(),
                window.index(),
                queue);
    }

    /// Reads no more of the window than the world has to be told, for the rest may be what is bad.
    private Optional<EventDraft> giveUp(JdbcSession rows, SegmentId id, String reason)
            throws SQLException {
        int failed =
                rows.update(
                        "update segment set state = 'failed', reason = ?, settled_at = ?,"
                                + " claimed_lead = null, claimed_until = null where"
                                + KEY
                                + "and state = 'due'",
                        values(id, reason, clock.instant()));
        if (failed == 0) {
            return Optional.empty();
        }
        return rows.find(
                        row ->
                                new SegmentEvents.Place(
                                        row.integer("stretch"),
                                        row.number("session_start_ticks"),
                                        row.number("duration_ticks")),
                        """
                        select w.stretch, w.origin_ticks + w.start_ticks as session_start_ticks,
                            w.end_ticks - w.start_ticks as duration_ticks
                        from segment s join planned_window w
                            using (session_id, plan, cut, window_index)
                        where s.session_id = ? and s.rendition = ? and s.generation = ?
                            and s.window_index = ?
                        """,
                        values(id))
                .map(place -> SegmentEvents.failed(id, place, reason));
    }

    @Override
    public void givenBack(Claim claim) {
        database.transaction(rows -> {
            for (SegmentId id : claim.segments()) {
                rows.update(
                        "update segment set attempts = greatest(0, attempts - 1) where"
                                + KEY
                                + "and state = 'due'",
                        values(id));
            }
            return claim;
        });
    }

    /// Before any of its segments, as everywhere.
    ///
    /// @return whether the session is still there
    private static boolean lockPlan(JdbcSession rows, WindowId window) throws SQLException {
        return rows.find(
                        row -> row.text("state"),
                        """
                        select state from session_plan
                        where session_id = ? and state <> 'removed' for no key update
                        """,
                        window.sessionId())
                .isPresent();
    }

    /// Takes segments off what is due, and tells of them.
    private void settle(JdbcSession rows, WindowId window, List<EventDraft> events)
            throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        int changed =
                rows.update(
                        """
                        update session_plan set due_segments = due_segments - ?
                        where session_id = ? and due_segments >= ?
                        """,
                        events.size(),
                        window.sessionId(),
                        events.size());
        if (changed == 0) {
            throw new IllegalStateException("not due in plan: " + window);
        }
        story.tell(rows, window.sessionId(), events);
        tasks.advanced(rows, window.sessionId());
    }

    /// Parameters of a statement that ends with [#KEY].
    private static @Nullable Object[] values(SegmentId id, @Nullable Object... before) {
        var values = new ArrayList<@Nullable Object>(Arrays.asList(before));
        values.addAll(List.of(id.sessionId(), id.rendition(), id.generation(), id.window()));
        return values.toArray();
    }
}
