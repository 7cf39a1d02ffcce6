package io.tapedeck.transcode.plan;

import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.database.JdbcWindow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The segments of a plan, those that are to be made and those that another plan made already.
final class JdbcPlannedSegments {

    private final JdbcSession rows;
    private final PlanRow plan;

    JdbcPlannedSegments(JdbcSession rows, PlanRow plan) {
        this.rows = rows;
        this.plan = plan;
    }

    /// What plans before made of windows with the same numbers, the newest last.
    List<TakenSegment> made(List<PlannedWindow> windows) throws SQLException {
        if (plan.plan() == 1 || windows.isEmpty()) {
            return List.of();
        }
        var indexes =
                windows.stream().mapToLong(planned -> planned.window().index()).summaryStatistics();
        return rows.query(
                JdbcPlannedSegments::taken,
                """
                select w.*, r.name, r.generation, r.rank, r.width_pixels, r.height_pixels,
                    s.object_key, s.digest, s.size_bytes, s.codecs, s.frames
                from planned_window w
                join segment s using (session_id, plan, cut, window_index)
                join rendition r on r.session_id = s.session_id and r.name = s.rendition
                    and r.generation = s.generation
                where w.session_id = ? and w.plan < ? and w.window_index between ? and ?
                    and s.state = 'rendered' and not r.withdrawn
                order by r.generation
                """,
                plan.sessionId(),
                plan.plan(),
                indexes.getMin(),
                indexes.getMax());
    }

    private static TakenSegment taken(JdbcRow row) throws SQLException {
        return new TakenSegment(
                new PlannedWindow(
                        JdbcWindow.of(row),
                        row.integer("stretch"),
                        row.instantOrNull("recorded_at")),
                PlanRowMapper.rendition(row),
                row.text("object_key"),
                row.text("digest"),
                row.number("size_bytes"),
                row.text("codecs"),
                row.integer("frames"));
    }

    void insert(List<NewSegment> segments, Instant now) throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (NewSegment segment : segments) {
            TakenSegment taken = segment.taken();
            values.add(
                    new @Nullable Object[] {
                        plan.sessionId(),
                        segment.rendition().name(),
                        segment.rendition().generation(),
                        segment.window().index(),
                        plan.plan(),
                        segment.window().cut(),
                        segment.queue(),
                        segment.nextEmitAt(),
                        taken == null ? "due" : "rendered",
                        taken == null ? null : taken.objectKey(),
                        taken == null ? null : taken.digest(),
                        taken == null ? null : taken.sizeBytes(),
                        taken == null ? null : taken.codecs(),
                        taken == null ? null : taken.frames(),
                        taken == null ? null : now
                    });
        }
        rows.batch(
                """
                insert into segment (session_id, rendition, generation, window_index, plan, cut,
                    queue, next_emit_at, state, object_key, digest, size_bytes, codecs, frames,
                    settled_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                values);
        if (segments.stream().anyMatch(segment -> segment.taken() != null)) {
            takeMeasurements();
        }
    }

    /// What was measured of a segment goes with it into another plan.
    private void takeMeasurements() throws SQLException {
        rows.update(
                """
                update segment s set wanted_pictures = o.wanted_pictures,
                    source_pictures = o.source_pictures,
                    first_picture_ticks = o.first_picture_ticks,
                    last_picture_ticks = o.last_picture_ticks,
                    sound_frames = o.sound_frames, first_sound_ticks = o.first_sound_ticks
                from segment o
                where s.session_id = ? and s.plan = ? and s.state = 'rendered'
                    and s.wanted_pictures is null and o.session_id = s.session_id
                    and o.plan < s.plan and o.rendition = s.rendition
                    and o.window_index = s.window_index and o.object_key = s.object_key
                    and o.wanted_pictures is not null
                """,
                plan.sessionId(),
                plan.plan());
    }
}
