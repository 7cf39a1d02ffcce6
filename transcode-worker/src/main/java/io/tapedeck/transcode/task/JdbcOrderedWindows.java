package io.tapedeck.transcode.task;

import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The windows of renditions that were ordered. They get their segments and jobs a part of the
/// timeline at a time: the next part with the settling of the last one, in its transaction, so that
/// none is ever forgotten. Every method is called under the lock of the session's plan row.
final class JdbcOrderedWindows {

    /// Of one task at a time: more than workers have slots, few enough for a short transaction.
    static final int MOST_OPEN = 500;

    /// More follow when no more than these are left.
    private static final int FEW_OPEN = MOST_OPEN / 2;

    /// A job that nobody took in this time is sent again.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StoryPublisher story;
    private final Clock clock;

    JdbcOrderedWindows(StoryPublisher story, Clock clock) {
        this.story = story;
        this.clock = clock;
    }

    /// How far the renditions of a running task are that share a cut.
    ///
    /// @param fed windows that have their segments, from 0
    /// @param open most of these that are due in any rendition
    /// @param windows of the cut
    /// @param left windows still to be settled, summed over the renditions
    /// @param total the same of all windows
    record Progress(
            String taskId,
            int plan,
            String cut,
            long fed,
            long open,
            long windows,
            long left,
            long total) {

        private static Progress of(JdbcRow row) throws SQLException {
            return new Progress(
                    row.text("task_id"),
                    row.integer("plan"),
                    row.text("cut"),
                    row.number("fed"),
                    row.number("open"),
                    row.number("windows"),
                    row.number("left_windows"),
                    row.number("total"));
        }

        /// Up to where there are to be segments now.
        long end() {
            return open > FEW_OPEN ? fed : Math.min(windows, fed + MOST_OPEN - open);
        }
    }

    /// Of all running tasks of a session. Nothing is left of renditions that are withdrawn.
    List<Progress> progress(JdbcSession rows, String sessionId) throws SQLException {
        return rows.query(
                Progress::of,
                """
                select t.task_id, r.plan, r.cut,
                    min(r.fed_windows) filter (where not r.withdrawn) as fed,
                    max(r.open_windows) filter (where not r.withdrawn) as open,
                    max(r.window_count) filter (where not r.withdrawn) as windows,
                    sum(r.window_count - r.fed_windows + r.open_windows)
                        filter (where not r.withdrawn) as left_windows,
                    sum(r.window_count) as total
                from task t join rendition r
                    on r.session_id = t.session_id and r.task_id = t.task_id
                where t.session_id = ? and t.task_type = 'render' and t.state = 'running'
                group by t.task_id, r.plan, r.cut
                """,
                sessionId);
    }

    /// The windows of a cut.
    ///
    /// @param first number of the first one that is still kept
    /// @param end number behind the last one
    record Kept(long first, long end) {}

    /// Which windows each cut of a plan has.
    static Map<String, Kept> kept(JdbcSession rows, String sessionId, int plan)
            throws SQLException {
        var windows = new HashMap<String, Kept>();
        rows.query(
                row ->
                        windows.put(
                                row.text("cut"),
                                new Kept(row.number("first_window"), row.number("end_window"))),
                """
                select cut, min(window_index) as first_window, max(window_index) + 1 as end_window
                from kept_window where session_id = ? and plan = ? group by cut
                """,
                sessionId,
                plan);
        return windows;
    }

    /// Counts what was settled, as far as it was ordered.
    void settle(JdbcSession rows, String sessionId, List<Settled> settled) throws SQLException {
        rows.batch(
                """
                update rendition set open_windows = open_windows - ?
                where session_id = ? and name = ? and generation = ? and task_id is not null
                """,
                settled.stream()
                        .collect(Collectors.groupingBy(one -> one, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(of -> parameters(of.getKey(), of.getValue(), sessionId))
                        .toList());
    }

    private static @Nullable Object[] parameters(Settled of, long windows, String sessionId) {
        return new @Nullable Object[] {windows, sessionId, of.rendition(), of.generation()};
    }

    /// Gives a part of the timeline its segments if it is time, and sends one job for each window,
    /// whatever the number of renditions.
    void feed(JdbcSession rows, String sessionId, Progress at) throws SQLException {
        long end = at.end();
        if (end <= at.fed()) {
            return;
        }
        int segments = insertSegments(rows, sessionId, at, end);
        rows.update(
                """
                update rendition set fed_windows = ?, open_windows = open_windows + ?
                where session_id = ? and task_id = ? and cut = ? and not withdrawn
                """,
                end,
                end - at.fed(),
                sessionId,
                at.taskId(),
                at.cut());
        rows.update(
                "update session_plan set due_segments = due_segments + ? where session_id = ?",
                segments,
                sessionId);
        for (long window = at.fed(); window < end; window++) {
            story.enqueue(
                    Queue.BACKLOG, new TranscodeJob.Render(sessionId, at.plan(), at.cut(), window));
        }
    }

    private int insertSegments(JdbcSession rows, String sessionId, Progress at, long end)
            throws SQLException {
        return rows.update(
                """
                insert into segment (session_id, rendition, generation, window_index, plan, cut,
                    queue, next_emit_at)
                select w.session_id, r.name, r.generation, w.window_index, w.plan, w.cut,
                    'backlog', ?
                from rendition r join planned_window w using (session_id, plan, cut)
                where r.session_id = ? and r.task_id = ? and r.cut = ? and not r.withdrawn
                    and w.window_index >= ? and w.window_index < ?
                """,
                clock.instant().plus(PATIENCE),
                sessionId,
                at.taskId(),
                at.cut(),
                at.fed(),
                end);
    }
}
