package io.tapedeck.transcode.plan;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Generation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rows that a round adds beside the plan row, each kind in one round trip.
final class JdbcPlannedRows {

    private JdbcPlannedRows() {}

    /// Names of the renditions a session is rendered in so far.
    static List<String> renditions(JdbcSession rows, String session) throws SQLException {
        return rows.query(
                row -> row.text("name"),
                "select name from rendition where session_id = ? and generation = ?",
                session,
                Generation.FIRST);
    }

    static void insertRendition(JdbcSession rows, String session, Rendition rendition)
            throws SQLException {
        rows.update(
                """
                insert into rendition (session_id, name, generation, width_pixels, height_pixels,
                    target_duration_seconds) values (?, ?, ?, ?, ?, ?)
                """,
                session,
                rendition.name(),
                Generation.FIRST,
                rendition.widthPixels(),
                rendition.heightPixels(),
                PlanStep.TARGET_DURATION_SECONDS);
    }

    static void insertWindows(JdbcSession rows, String session, List<PlannedWindow> windows)
            throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (PlannedWindow planned : windows) {
            Window window = planned.window();
            values.add(
                    new @Nullable Object[] {
                        session,
                        window.index(),
                        window.run(),
                        planned.stretch(),
                        window.originTicks(),
                        window.startTicks(),
                        window.endTicks(),
                        window.last(),
                        window.source().fromBytes(),
                        window.source().toBytes(),
                        window.source().checkpoint()
                    });
        }
        rows.batch(
                """
                insert into planned_window (session_id, window_index, run, stretch, origin_ticks,
                    start_ticks, end_ticks, last, from_bytes, to_bytes, checkpoint)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                values);
    }

    /// @param nextEmitAt when another job is sent for a window if the first one gets lost
    static void insertSegments(
            JdbcSession rows,
            String session,
            List<PlannedWindow> windows,
            List<String> renditions,
            Function<PlannedWindow, Instant> nextEmitAt)
            throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (PlannedWindow planned : windows) {
            for (String rendition : renditions) {
                values.add(
                        new @Nullable Object[] {
                            session,
                            rendition,
                            Generation.FIRST,
                            planned.window().index(),
                            nextEmitAt.apply(planned)
                        });
            }
        }
        rows.batch(
                """
                insert into segment (session_id, rendition, generation, window_index, next_emit_at)
                values (?, ?, ?, ?, ?)
                """,
                values);
    }

    static void writeOffsets(JdbcSession rows, String session, List<PlanStep.ChunkOffset> offsets)
            throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (PlanStep.ChunkOffset offset : offsets) {
            values.add(new @Nullable Object[] {offset.offsetBytes(), session, offset.index()});
        }
        rows.batch(
                "update chunk set offset_bytes = ? where session_id = ? and chunk_index = ?",
                values);
    }
}
