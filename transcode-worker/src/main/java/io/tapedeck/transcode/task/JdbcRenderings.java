package io.tapedeck.transcode.task;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Renditions that somebody asked for when a session was complete: rows of segments, on the windows
/// that there are. Every method is called under the lock of the session's plan row.
final class JdbcRenderings {

    /// Nobody runs such a task, so nobody has to be woken for it.
    static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private static final int MOST_RENDITIONS = 16;

    private final StoryPublisher story;
    private final Clock clock;

    JdbcRenderings(StoryPublisher story, Clock clock) {
        this.story = story;
        this.clock = clock;
    }

    /// Has renditions made.
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
        var wish = RenderingWish.of(command.renditions(), known);
        if (wish.refusal().isPresent() || wish.rungs().size() > MOST_RENDITIONS) {
            return Task.refused(
                    command, now, wish.refusal().orElse("That is too many renditions at once."));
        }
        for (RenderingWish.Rung rung : wish.rungs()) {
            add(rows, command, plan.get(), rung);
        }
        List<String> names = wish.rungs().stream().map(r -> r.rendition().name()).toList();
        return Task.rendering(command.taskId(), command.sessionId(), names, now);
    }

    private static Optional<Integer> completePlan(JdbcSession rows, String sessionId)
            throws SQLException {
        return rows.find(
                row -> row.integer("plan"),
                "select plan from session_plan where session_id = ? and state = 'planned'",
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
            JdbcSession rows, TranscodeCommand.Render command, int plan, RenderingWish.Rung rung)
            throws SQLException {
        String session = command.sessionId();
        Rendition rendition = rung.rendition();
        int generation = insertRendition(rows, command, plan, rung);
        int windows =
                rows.update(
                        """
                        insert into segment (session_id, rendition, generation, window_index, plan,
                            cut, queue, next_emit_at)
                        select session_id, ?, ?, window_index, plan, cut, 'backlog', ?
                        from planned_window where session_id = ? and plan = ? and cut = ?
                        """,
                        rendition.name(),
                        generation,
                        clock.instant().plusSeconds(10),
                        session,
                        plan,
                        rung.cut());
        rows.update(
                "update session_plan set due_segments = due_segments + ? where session_id = ?",
                windows,
                session);
        story.tell(rows, session, announcement(session, plan, rung, generation, windows));
        for (long window = 0; window < windows; window++) {
            story.enqueue(
                    Queue.BACKLOG, new TranscodeJob.Render(session, plan, rung.cut(), window));
        }
    }

    private static int insertRendition(
            JdbcSession rows, TranscodeCommand.Render command, int plan, RenderingWish.Rung rung)
            throws SQLException {
        Rendition rendition = rung.rendition();
        return rows.find(
                        row -> row.integer("generation"),
                        """
                        insert into rendition (session_id, name, generation, plan, cut, rank,
                            width_pixels, height_pixels, target_duration_seconds, task_id)
                        select ?, ?, coalesce(max(generation), 0) + 1, ?, ?, 1, ?, ?, ?, ?
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
                        command.sessionId(),
                        rendition.name())
                .orElseThrow();
    }

    private static List<EventDraft> announcement(
            String session, int plan, RenderingWish.Rung rung, int generation, int windows) {
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

    /// @param due how many of its windows are still to be rendered, of `all`
    private record Advance(String taskId, long due, long all) {}

    /// Tasks of renditions that have come forward.
    List<Task> advanced(JdbcSession rows, String sessionId) throws SQLException {
        List<Advance> advances =
                rows.query(
                        row ->
                                new Advance(
                                        row.text("task_id"),
                                        row.number("due"),
                                        row.number("total")),
                        """
                        select t.task_id, count(*) as total,
                            count(*) filter (where s.state = 'due') as due
                        from task t join rendition r on r.task_id = t.task_id
                        join segment s on s.session_id = r.session_id and s.rendition = r.name
                            and s.generation = r.generation
                        where t.session_id = ? and t.task_type = 'render' and t.state = 'running'
                        group by t.task_id
                        """,
                        sessionId);
        var changed = new ArrayList<Task>();
        for (Advance advance : advances) {
            JdbcTaskRows.find(rows, advance.taskId())
                    .flatMap(task -> advanced(task, advance))
                    .ifPresent(changed::add);
        }
        return changed;
    }

    private Optional<Task> advanced(Task task, Advance advance) {
        if (advance.due() == 0) {
            return task.succeed(clock.instant(), null, 0);
        }
        double progress = 1 - (double) advance.due() / advance.all();
        return progress - task.progress() >= JdbcTaskRepository.STEP
                ? task.progressed(progress)
                : Optional.empty();
    }

    /// Forgets what a cancelled task had asked for, as far as it is not done.
    void drop(JdbcSession rows, String sessionId, String taskId) throws SQLException {
        record Dropped(String name, int generation) {}
        List<Dropped> dropped =
                rows.query(
                        row -> new Dropped(row.text("name"), row.integer("generation")),
                        """
                        update rendition set withdrawn = true where task_id = ? and not withdrawn
                            and exists (select from task t where t.task_id = rendition.task_id
                                and t.state = 'cancelled')
                        returning name, generation
                        """,
                        taskId);
        for (Dropped rendition : dropped) {
            int segments =
                    rows.update(
                            """
                            delete from segment where session_id = ? and rendition = ?
                                and generation = ? and state = 'due'
                            """,
                            sessionId,
                            rendition.name(),
                            rendition.generation());
            rows.update(
                    "update session_plan set due_segments = due_segments - ? where session_id = ?",
                    segments,
                    sessionId);
            EventDraft withdrawn =
                    (sequence, at) ->
                            new TranscodeEvent.RenditionWithdrawn(
                                    sessionId,
                                    sequence,
                                    at,
                                    rendition.name(),
                                    rendition.generation(),
                                    "Its making was cancelled.");
            story.tell(rows, sessionId, List.of(withdrawn));
        }
    }
}
