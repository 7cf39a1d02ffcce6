package io.tapedeck.transcode.task;

import io.tapedeck.transcode.contract.ExportFormat;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Generation;
import io.tapedeck.transcode.story.Queue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Queues the files that senders of frames expect, once for each session, as soon as all of its log
/// is known. They need nothing that is rendered.
@ApplicationScoped
public class JdbcLogFiles {

    private static final long SHORT_BYTES = 64L << 20;

    private final JdbcTaskLedger ledger;
    private final Clock clock;

    JdbcLogFiles(JdbcTaskLedger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /// To be called in every transaction that hears of a session's chunks or of its end.
    public void told(JdbcSession rows, String sessionId) throws SQLException {
        if (!wanted(rows, sessionId) || ledger.lock(rows, sessionId).isEmpty()) {
            return;
        }
        for (String format : formats(rows, sessionId)) {
            String taskId = ExportTaskId.of(sessionId, format, Generation.FIRST);
            if (JdbcTaskRows.find(rows, taskId).isEmpty()) {
                Task task =
                        Task.queued(taskId, sessionId, format, Generation.FIRST, clock.instant());
                ledger.insert(rows, task);
                ledger.enqueue(task, queue(rows, sessionId));
            }
        }
    }

    /// Whoever sent a few minutes waits for the files; hours of pictures would keep a slot from
    /// those who watch.
    private static Queue queue(JdbcSession rows, String sessionId) throws SQLException {
        long sizeBytes =
                rows.find(
                                row -> row.number("bytes"),
                                "select sum(size_bytes)::bigint as bytes from chunk where session_id = ?",
                                sessionId)
                        .orElse(0L);
        return sizeBytes <= SHORT_BYTES ? Queue.FRONT : Queue.BACKLOG;
    }

    /// Of most sessions nobody wants any.
    private static boolean wanted(JdbcSession rows, String sessionId) throws SQLException {
        return rows.find(
                        row -> true,
                        """
                        select from session_plan p
                        where session_id = ? and (frames_mp4 or frames_wav) and state <> 'removed'
                            and chunk_count <= (
                                select count(*) from chunk c where c.session_id = p.session_id)
                        """,
                        sessionId)
                .isPresent();
    }

    private static List<String> formats(JdbcSession rows, String sessionId) throws SQLException {
        var formats = new ArrayList<String>();
        rows.find(
                row -> {
                    if (row.flag("frames_mp4")) {
                        formats.add(ExportFormat.FRAMES_MP4);
                    }
                    if (row.flag("frames_wav")) {
                        formats.add(ExportFormat.WAV);
                    }
                    return true;
                },
                "select frames_mp4, frames_wav from session_plan where session_id = ?",
                sessionId);
        return formats;
    }
}
