package io.tapedeck.transcode.task;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.ladder.JdbcWithdrawn;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.StoryPublisher;
import io.tapedeck.transcode.task.JdbcOrderedWindows.Kept;
import io.tapedeck.transcode.task.JdbcOrderedWindows.Progress;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Renditions that somebody ordered when a session was complete, on the windows that there are.
/// Every method is called under the lock of the session's plan row.
final class JdbcRenderings {

    /// Nobody runs such a task, so nobody has to be woken for it.
    static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private static final int MOST_RENDITIONS = 16;

    private static final Kept NOTHING = new Kept(0, 0);

    private static final String CANCELLED = "Its making was cancelled.";

    private final StoryPublisher story;
    private final JdbcOrderedWindows windows;
    private final Clock clock;

    JdbcRenderings(StoryPublisher story, Clock clock) {
        this.story = story;
        this.windows = new JdbcOrderedWindows(story, clock);
        this.clock = clock;
    }

    /// Takes an order for renditions, which are made from the next [#advanced] on.
    ///
    /// @return the task as it is now: running, or failed when they cannot be made
    Task begin(JdbcSession rows, TranscodeCommand.Render command) throws SQLException {
        Instant now = clock.instant();
        Optional<Integer> plan = completePlan(rows, command.sessionId());
        if (plan.isEmpty()) {
            return Task.refused(
                    command, now, "The recording is not complete yet. Ask again when it is.");
        }
        List<RenderingWish.Rung> known = known(rows, command.sessionId(), plan.get());
        if (known.isEmpty()) {
            return Task.refused(command, now, "Nothing of this recording can be rendered.");
        }
        var wish = RenderingWish.of(command.renditions(), known);
        if (wish.refusal().isPresent() || wish.rungs().size() > MOST_RENDITIONS) {
            return Task.refused(
                    command, now, wish.refusal().orElse("That is too many renditions at once."));
        }
        Map<String, Kept> windows = JdbcOrderedWindows.kept(rows, command.sessionId(), plan.get());
        for (RenderingWish.Rung rung : wish.rungs()) {
            add(rows, command, plan.get(), rung, windows.getOrDefault(rung.cut(), NOTHING));
        }
        List<String> names = wish.rungs().stream().map(r -> r.rendition().name()).toList();
        return Task.rendering(command.taskId(), command.sessionId(), names, now);
    }

    /// A later plan than the world knows of is told of when nothing is due; an order would put that
    /// off.
    private static Optional<Integer> completePlan(JdbcSession rows, String sessionId)
            throws SQLException {
        return rows.find(
                row -> row.integer("plan"),
                """
                select plan from session_plan
                where session_id = ? and state = 'planned' and plan = published_plan
                """,
                sessionId);
    }

    private static List<RenderingWish.Rung> known(JdbcSession rows, String sessionId, int plan)
            throws SQLException {
        return rows.query(
                JdbcRenderings::rung,
                """
                select distinct on (name) name, width_pixels, height_pixels, cut,
                    target_duration_seconds
                from rendition where session_id = ? and plan = ? and not withdrawn
                order by name, generation desc
                """,
                sessionId,
                plan);
    }

    private static RenderingWish.Rung rung(JdbcRow row) throws SQLException {
        return new RenderingWish.Rung(
                new Rendition(
                        row.text("name"),
                        row.integer("width_pixels"),
                        row.integer("height_pixels")),
                row.text("cut"),
                row.integer("target_duration_seconds"));
    }

    private void add(
            JdbcSession rows,
            TranscodeCommand.Render command,
            int plan,
            RenderingWish.Rung rung,
            Kept windows)
            throws SQLException {
        int generation = insertRendition(rows, command, plan, rung, windows);
        story.tell(
                rows,
                command.sessionId(),
                announcement(command.sessionId(), plan, rung, generation, windows.end()));
    }

    private static int insertRendition(
            JdbcSession rows,
            TranscodeCommand.Render command,
            int plan,
            RenderingWish.Rung rung,
            Kept windows)
            throws SQLException {
        Rendition rendition = rung.rendition();
        return rows.find(
                        row -> row.integer("generation"),
                        """
                        insert into rendition (session_id, name, generation, plan, cut, rank,
                            width_pixels, height_pixels, target_duration_seconds, task_id,
                            window_count, fed_windows, open_windows)
                        select ?, ?, coalesce(max(generation), 0) + 1, ?, ?, 1, ?, ?, ?, ?, ?, ?, 0
                        from rendition where session_id = ? and name = ?
                        returning generation
                        """,
                        command.sessionId(),
                        rendition.name(),
                        plan,
                        rung.cut(),
                        rendition.widthPixels(),
                        rendition.heightPixels(),
                        rung.targetDurationSeconds(),
                        command.taskId(),
                        windows.end(),
                        windows.first(),
                        command.sessionId(),
                        rendition.name())
                .orElseThrow();
    }

    private static List<EventDraft> announcement(
            String session, int plan, RenderingWish.Rung rung, int generation, long windows) {
        Rendition rendition = rung.rendition();
        return List.of(
                (sequence, at) ->
                        new TranscodeEvent.RenditionPlanned(
                                session,
                                sequence,
                                at,
                                rendition.name(),
                                generation,
                                rendition.widthPixels(),
                                rendition.heightPixels(),
                                rung.targetDurationSeconds(),
                                plan,
                                true),
                (sequence, at) ->
                        new TranscodeEvent.RenditionEnded(
                                session, sequence, at, rendition.name(), generation, windows));
    }

    /// Takes note of what was settled and has more made where it is time.
    ///
    /// @param settled of any renditions
    /// @return tasks that have come forward, as they are now
    List<Task> advanced(JdbcSession rows, String sessionId, List<Settled> settled)
            throws SQLException {
        windows.settle(rows, sessionId, settled);
        var advances = new TreeMap<String, Advance>();
        for (Progress progress : windows.progress(rows, sessionId)) {
            windows.feed(rows, sessionId, progress);
            advances.merge(
                    progress.taskId(),
                    new Advance(progress.left(), progress.total()),
                    Advance::and);
        }
        var changed = new ArrayList<Task>();
        for (Map.Entry<String, Advance> advance : advances.entrySet()) {
            JdbcTaskRows.find(rows, advance.getKey())
                    .flatMap(task -> advanced(task, advance.getValue()))
                    .ifPresent(changed::add);
        }
        return changed;
    }

    /// @param left how many windows are still to be settled, of `total`
    private record Advance(long left, long total) {

        Advance and(Advance other) {
            return new Advance(left + other.left, total + other.total);
        }
    }

    private Optional<Task> advanced(Task task, Advance advance) {
        if (advance.left() == 0) {
            return task.succeed(clock.instant(), null, 0);
        }
        double progress = 1 - (double) advance.left() / advance.total();
        return progress - task.progress() >= JdbcTaskRepository.STEP
                ? task.progressed(progress)
                : Optional.empty();
    }

    /// Forgets what a cancelled task had asked for, as far as it is not done.
    void drop(JdbcSession rows, String sessionId, String taskId) throws SQLException {
        List<JdbcWithdrawn> dropped =
                rows.query(
                        JdbcWithdrawn::of,
                        """
                        update rendition set withdrawn = true, open_windows = 0
                        where session_id = ? and task_id = ? and not withdrawn
                            and exists (select from task t where t.task_id = rendition.task_id
                                and t.state = 'cancelled')
                        returning session_id, name, generation
                        """,
                        sessionId,
                        taskId);
        for (JdbcWithdrawn rendition : dropped) {
            rendition.dropDue(rows);
            story.tell(rows, sessionId, List.of(rendition.told(CANCELLED)));
        }
    }
}
