package io.tapedeck.transcode.ladder;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.StoryPublisher;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The beginning of a session that is not live, when the pictures as they came are given up, with
/// which viewers were to begin. To be used under the lock of the session's plan row.
public final class JdbcFirstWindows {

    /// What a player begins with while the rest of its buffer is made.
    public static final long TICKS = 10 * Ticks.PER_SECOND;

    private final JdbcSession rows;
    private final StoryPublisher story;

    public JdbcFirstWindows(JdbcSession rows, StoryPublisher story) {
        this.rows = rows;
        this.story = story;
    }

    private record Rung(String name, int generation, int pixels) {}

    /// Hurries the rung that is quick, which had time before.
    public void hurry(String sessionId, int plan, Instant now) throws SQLException {
        OptionalLong last = lastWindow(sessionId, plan);
        if (last.isEmpty()) {
            return;
        }
        Optional<Rung> quick = QuickRung.of(rungs(sessionId, plan), Rung::pixels);
        if (quick.isPresent()) {
            new JdbcFront(rows, story)
                    .move(
                            sessionId,
                            quick.get().name(),
                            quick.get().generation(),
                            0,
                            last.getAsLong(),
                            now);
        }
    }

    /// Empty where nothing has to be hurried.
    private OptionalLong lastWindow(String sessionId, int plan) throws SQLException {
        return rows
                .query(
                        row -> row.number("window_index"),
                        """
                        select w.window_index from planned_window w join session_plan p
                            using (session_id)
                        where w.session_id = ? and w.plan = ? and w.cut = 'grid'
                            and w.origin_ticks + w.start_ticks < ?
                            and not p.live and p.opened_at is not null
                        order by w.window_index desc limit 1
                        """,
                        sessionId,
                        plan,
                        TICKS)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private List<Rung> rungs(String sessionId, int plan) throws SQLException {
        return rows.query(
                row ->
                        new Rung(
                                row.text("name"),
                                row.integer("generation"),
                                Math.min(
                                        row.integer("width_pixels"), row.integer("height_pixels"))),
                """
                select name, generation, width_pixels, height_pixels from rendition
                where session_id = ? and plan = ? and cut = 'grid' and task_id is null
                    and not withdrawn
                order by rank, name
                """,
                sessionId,
                plan);
    }
}
