package io.tapedeck.transcode.plan;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.Generation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows that a round adds beside the plan row, each kind in one round trip.
final class JdbcPlannedRows {

    private final JdbcSession rows;
    private final PlanRow plan;

    JdbcPlannedRows(JdbcSession rows, PlanRow plan) {
        this.rows = rows;
        this.plan = plan;
    }

    /// The renditions that every window of the plan is rendered in: those there are and new ones.
    List<PlannedRendition> renditions(List<Rendition> added) throws SQLException {
        var renditions =
                rows.query(
                        row ->
                                new PlannedRendition(
                                        row.text("name"),
                                        row.integer("generation"),
                                        row.constant(Cut.class, "cut"),
                                        row.integer("rank")),
                        """
                        select name, generation, cut, rank from rendition
                        where session_id = ? and plan = ? and task_id is null and not withdrawn
                        order by rank, name
                        """,
                        plan.sessionId(),
                        plan.plan());
        renditions.addAll(planned(added));
        return renditions;
    }

    /// Best first: somebody may be waiting for that one.
    private static List<PlannedRendition> planned(List<Rendition> added) {
        var planned = new ArrayList<PlannedRendition>();
        for (Rendition rendition : added) {
            planned.add(
                    new PlannedRendition(
                            rendition.name(), Generation.FIRST, Cut.GRID, planned.size()));
        }
        return planned;
    }

    void insertRenditions(List<Rendition> added) throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (Rendition rendition : added) {
            values.add(
                    new @Nullable Object[] {
                        plan.sessionId(),
                        rendition.name(),
                        Generation.FIRST,
                        plan.plan(),
                        Cut.GRID,
                        values.size(),
                        rendition.widthPixels(),
                        rendition.heightPixels(),
                        PlanStep.TARGET_DURATION_SECONDS
                    });
        }
        rows.batch(
                """
                insert into rendition (session_id, name, generation, plan, cut, rank, width_pixels,
                    height_pixels, target_duration_seconds) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                values);
    }

    void insertWindows(List<PlannedWindow> windows) throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (PlannedWindow planned : windows) {
            Window window = planned.window();
            values.add(
                    new @Nullable Object[] {
                        plan.sessionId(),
                        plan.plan(),
                        window.cut(),
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
                insert into planned_window (session_id, plan, cut, window_index, run, stretch,
                    origin_ticks, start_ticks, end_ticks, last, from_bytes, to_bytes, checkpoint)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                values);
    }

    void insertSegments(List<NewSegment> segments) throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (NewSegment segment : segments) {
            values.add(
                    new @Nullable Object[] {
                        plan.sessionId(),
                        segment.rendition().name(),
                        segment.rendition().generation(),
                        segment.window().index(),
                        plan.plan(),
                        segment.window().cut(),
                        segment.queue(),
                        segment.nextEmitAt()
                    });
        }
        rows.batch(
                """
                insert into segment (session_id, rendition, generation, window_index, plan, cut,
                    queue, next_emit_at) values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                values);
    }

    void writeOffsets(List<PlanStep.ChunkOffset> offsets) throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (PlanStep.ChunkOffset offset : offsets) {
            values.add(
                    new @Nullable Object[] {
                        offset.offsetBytes(), plan.sessionId(), offset.index()
                    });
        }
        rows.batch(
                "update chunk set offset_bytes = ? where session_id = ? and chunk_index = ?",
                values);
    }
}
