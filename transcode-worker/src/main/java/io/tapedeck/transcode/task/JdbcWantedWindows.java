package io.tapedeck.transcode.task;

import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Queue;
import io.tapedeck.transcode.story.StoryPublisher;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// Windows that somebody waits for: they leave the backlog, in the one rendition that is watched.
final class JdbcWantedWindows {

    /// Behind the one that was asked for, because a player goes on there. Few, because somebody who
    /// looks for a place goes on somewhere else.
    static final int NEIGHBOURS = 3;

    /// A job that nobody took in this time is sent again.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final Clock clock;

    JdbcWantedWindows(JdbcDatabase database, StoryPublisher story, Clock clock) {
        this.database = database;
        this.story = story;
        this.clock = clock;
    }

    /// Moves what is still in the backlog, and sends a job for each window of it. What a job has
    /// taken on is left to that job.
    void move(TranscodeCommand.Want want) {
        database.transaction(rows -> {
            List<TranscodeJob.Render> jobs = moved(rows, want);
            jobs.forEach(job -> story.enqueue(Queue.FRONT, job));
            return jobs;
        });
    }

    private List<TranscodeJob.Render> moved(JdbcSession rows, TranscodeCommand.Want want)
            throws SQLException {
        return rows
                .query(
                        row ->
                                new TranscodeJob.Render(
                                        want.sessionId(),
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
                        want.sessionId(),
                        want.rendition(),
                        want.generation(),
                        want.window(),
                        want.window() + NEIGHBOURS,
                        clock.instant(),
                        clock.instant().plus(PATIENCE))
                .stream()
                .sorted(Comparator.comparingLong(TranscodeJob.Render::window))
                .toList();
    }
}
