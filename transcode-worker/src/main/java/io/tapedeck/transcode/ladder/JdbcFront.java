package io.tapedeck.transcode.ladder;

import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// Windows of one rendition that leave the backlog, because somebody waits for them.
public final class JdbcFront {

    /// A job that nobody took in this time is sent again.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final JdbcSession rows;
    private final StoryPublisher story;

    public JdbcFront(JdbcSession rows, StoryPublisher story) {
        this.rows = rows;
        this.story = story;
    }

    /// Moves what is still in the backlog, and sends a job for each window of it. What a job has
    /// taken on is left to that job.
    ///
    /// @param lastWindow inclusive
    public void move(
            String sessionId,
            String rendition,
            int generation,
            long firstWindow,
            long lastWindow,
            Instant now)
            throws SQLException {
        List<TranscodeJob.Render> jobs =
                rows.query(
                        row ->
                                new TranscodeJob.Render(
                                        sessionId,
                                        row.integer("plan"),
                                        row.text("cut"),
                                        row.number("window_index")),
                        """
                        with wanted as (
                            select session_id, rendition, generation, window_index from segment
                            where session_id = ? and rendition = ? and generation = ?
                                and window_index between ? and ?
                                and state = 'due' and queue = 'backlog'
                                and (claimed_until is null or claimed_until < ?)
                            for update skip locked)
                        update segment s set queue = 'front', next_emit_at = ?
                        from wanted w
                        where s.session_id = w.session_id and s.rendition = w.rendition
                            and s.generation = w.generation and s.window_index = w.window_index
                        returning s.plan, s.cut, s.window_index
                        """,
                        sessionId,
                        rendition,
                        generation,
                        firstWindow,
                        lastWindow,
                        now,
                        now.plus(PATIENCE));
        jobs.stream()
                .sorted(Comparator.comparingLong(TranscodeJob.Render::window))
                .forEach(job -> story.enqueue(Queue.FRONT, job));
    }
}
