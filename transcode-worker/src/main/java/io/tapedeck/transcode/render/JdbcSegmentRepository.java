package io.tapedeck.transcode.render;

import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.ladder.JdbcFirstWindows;
import io.tapedeck.transcode.ladder.JdbcPassthrough;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import io.tapedeck.transcode.task.JdbcSessionTasks;
import io.tapedeck.transcode.task.Settled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// [Segments] in PostgreSQL.
@ApplicationScoped
class JdbcSegmentRepository implements Segments {

    private static final String UNDECODABLE =
            "The recording cannot be offered as it came: some of its pictures cannot be decoded.";

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

    /// A segment that is settled, and what the world is told of it.
    private record Outcome(SegmentId id, EventDraft event) {

        Settled settled() {
            return new Settled(id.rendition(), id.generation());
        }
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
            var outcomes = new ArrayList<Outcome>();
            for (MadeSegment one : made) {
                var row = new JdbcSegmentRow(rows, one.id());
                if (there && row.rendered(one, clock.instant())) {
                    outcomes.add(new Outcome(one.id(), SegmentEvents.ready(claim, one)));
                } else if (!row.is(one.objectKey())) {
                    lost.add(one);
                }
            }
            settle(rows, claim.lead(), outcomes);
            return lost;
        });
    }

    @Override
    public void failed(Claim claim, RenderFailure failure) {
        database.transaction(rows -> fail(rows, claim, failure));
    }

    private int fail(JdbcSession rows, Claim claim, RenderFailure failure) throws SQLException {
        lockPlan(rows, claim.lead());
        var outcomes = new ArrayList<Outcome>();
        boolean alone = claim.windows().size() == 1;
        boolean retried = false;
        for (SegmentId id : claim.segments()) {
            var row = new JdbcSegmentRow(rows, id);
            Optional<Integer> failures = row.failed(alone);
            if (failures.isPresent()
                    && alone
                    && !(failure.again() && failures.get() < maxFailures)) {
                row.giveUp(failure.reason(), clock.instant())
                        .map(event -> new Outcome(id, event))
                        .ifPresent(outcomes::add);
            } else {
                retried |= failures.isPresent();
            }
        }
        if (failure.undecodable() && !outcomes.isEmpty()) {
            withdrawSource(rows, claim.lead());
        }
        settle(rows, claim.lead(), outcomes);
        if (alone && retried) {
            story.enqueue(claim.queue(), claim.lead().at(claim.windows().getFirst().index()).job());
        }
        return outcomes.size();
    }

    /// Where there is nothing else to watch, a gap in it is better than nothing.
    private void withdrawSource(JdbcSession rows, WindowId window) throws SQLException {
        var passthrough = new JdbcPassthrough(rows, window.sessionId(), window.plan());
        if (passthrough.isAlone()) {
            return;
        }
        story.tell(rows, window.sessionId(), passthrough.withdraw(UNDECODABLE));
        new JdbcFirstWindows(rows, story).hurry(window.sessionId(), window.plan(), clock.instant());
    }

    @Override
    public void failed(WindowId window, Queue queue, String reason) {
        database.transaction(rows -> {
            lockPlan(rows, window);
            var outcomes = new ArrayList<Outcome>();
            boolean retried = false;
            for (SegmentId id : due(rows, window, queue)) {
                var row = new JdbcSegmentRow(rows, id);
                if (row.failed(true).orElse(0) >= maxFailures) {
                    row.giveUp(reason, clock.instant())
                            .map(event -> new Outcome(id, event))
                            .ifPresent(outcomes::add);
                } else {
                    retried = true;
                }
            }
            settle(rows, window, outcomes);
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

    @Override
    public void givenBack(Claim claim) {
        database.transaction(rows -> {
            for (SegmentId id : claim.segments()) {
                new JdbcSegmentRow(rows, id).giveBack();
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
    private void settle(JdbcSession rows, WindowId window, List<Outcome> outcomes)
            throws SQLException {
        if (outcomes.isEmpty()) {
            return;
        }
        int changed =
                rows.update(
                        """
                        update session_plan set due_segments = due_segments - ?
                        where session_id = ? and due_segments >= ?
                        """,
                        outcomes.size(),
                        window.sessionId(),
                        outcomes.size());
        if (changed == 0) {
            throw new IllegalStateException("not due in plan: " + window);
        }
        story.tell(rows, window.sessionId(), outcomes.stream().map(Outcome::event).toList());
        tasks.advanced(rows, window.sessionId(), outcomes.stream().map(Outcome::settled).toList());
    }
}
