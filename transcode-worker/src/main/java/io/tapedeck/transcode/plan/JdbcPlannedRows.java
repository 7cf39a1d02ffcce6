package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.database.JdbcWindow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows that a round adds beside the plan row, each kind in one round trip.
final class JdbcPlannedRows {

    private final JdbcSession rows;
    private final PlanRow plan;

    JdbcPlannedRows(JdbcSession rows, PlanRow plan) {
        this.rows = rows;
        this.plan = plan;
    }

    /// The renditions that every window of the plan is rendered in so far.
    List<PlannedRendition> renditions() throws SQLException {
        return rows.query(
                JdbcPlannedRows::rendition,
                """
                select * from rendition
                where session_id = ? and plan = ? and task_id is null and not withdrawn
                order by rank, name
                """,
                plan.sessionId(),
                plan.plan());
    }

    private static PlannedRendition rendition(JdbcRow row) throws SQLException {
        return new PlannedRendition(
                row.text("name"),
                row.integer("generation"),
                row.constant(Cut.class, "cut"),
                row.integer("rank"),
                row.integer("width_pixels"),
                row.integer("height_pixels"));
    }

    /// New ones, each as the next generation of its name.
    List<PlannedRendition> numbered(List<NewRendition> added) throws SQLException {
        if (added.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> newest = new HashMap<>();
        rows.query(
                row -> newest.put(row.text("name"), row.integer("newest")),
                """
                select name, max(generation) as newest from rendition
                where session_id = ? group by name
                """,
                plan.sessionId());
        return added.stream()
                .map(one ->
                        PlannedRendition.of(
                                one, newest.getOrDefault(one.rendition().name(), 0) + 1))
                .toList();
    }

    void insertRenditions(List<PlannedRendition> added) throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (PlannedRendition rendition : added) {
            values.add(
                    new @Nullable Object[] {
                        plan.sessionId(),
                        rendition.name(),
                        rendition.generation(),
                        plan.plan(),
                        rendition.cut(),
                        rendition.rank(),
                        rendition.widthPixels(),
                        rendition.heightPixels(),
                        NewRendition.targetDurationSeconds(rendition.cut())
                    });
        }
        rows.batch(
                """
                insert into rendition (session_id, name, generation, plan, cut, rank, width_pixels,
                    height_pixels, target_duration_seconds) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                values);
    }

    /// What plans before made of windows with the same numbers, the newest last.
    List<TakenSegment> rendered(List<PlannedWindow> windows) throws SQLException {
        if (plan.plan() == 1 || windows.isEmpty()) {
            return List.of();
        }
        var indexes =
                windows.stream().mapToLong(planned -> planned.window().index()).summaryStatistics();
        return rows.query(
                JdbcPlannedRows::taken,
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
                new PlannedWindow(JdbcWindow.of(row), row.integer("stretch")),
                rendition(row),
                row.text("object_key"),
                row.text("digest"),
                row.number("size_bytes"),
                row.text("codecs"),
                row.integer("frames"));
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
                        window.pictures(),
                        window.source().fromBytes(),
                        window.source().toBytes(),
                        window.source().checkpoint()
                    });
        }
        rows.batch(
                """
                insert into planned_window (session_id, plan, cut, window_index, run, stretch,
                    origin_ticks, start_ticks, end_ticks, last, pictures, from_bytes, to_bytes,
                    checkpoint)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                values);
    }

    void insertSegments(List<NewSegment> segments, Instant now) throws SQLException {
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

    void insertPlaces(List<PlanStep.ChunkOffset> offsets) throws SQLException {
        var values = new ArrayList<@Nullable Object[]>();
        for (PlanStep.ChunkOffset offset : offsets) {
            values.add(
                    new @Nullable Object[] {
                        plan.sessionId(),
                        plan.plan(),
                        offset.index(),
                        offset.run(),
                        offset.offsetBytes()
                    });
        }
        rows.batch(
                """
                insert into chunk_place (session_id, plan, chunk_index, run, offset_bytes)
                values (?, ?, ?, ?, ?)
                """,
                values);
    }

    /// Gives the source's rendition up, as far as it is not made.
    ///
    /// @return what it was, if it had been announced
    List<PlannedRendition> withdrawSource() throws SQLException {
        List<PlannedRendition> withdrawn =
                rows.query(
                        JdbcPlannedRows::rendition,
                        """
                        update rendition set withdrawn = true
                        where session_id = ? and plan = ? and cut = ? and not withdrawn
                        returning *
                        """,
                        plan.sessionId(),
                        plan.plan(),
                        Cut.SOURCE);
        for (PlannedRendition rendition : withdrawn) {
            rows.update(
                    """
                    with dropped as (delete from segment where session_id = ? and rendition = ?
                        and generation = ? and state = 'due' returning 1)
                    update session_plan set due_segments = due_segments
                        - (select count(*)::integer from dropped)
                    where session_id = ?
                    """,
                    plan.sessionId(),
                    rendition.name(),
                    rendition.generation(),
                    plan.sessionId());
        }
        return withdrawn;
    }

    /// A run that another plan has found before is known already.
    void insertConversions(List<NewConversion> conversions, Instant now) throws SQLException {
        rows.batch(
                """
                insert into conversion (session_id, run, container, next_emit_at)
                values (?, ?, ?, ?) on conflict do nothing
                """,
                conversions.stream()
                        .map(one ->
                                new @Nullable Object[] {
                                    plan.sessionId(), one.run(), one.container(), now
                                })
                        .toList());
    }

    /// Jobs for all runs that are to be converted now.
    ///
    /// @param nextEmitAt when others are sent for those that nobody took
    List<TranscodeJob> conversionsDue(Instant nextEmitAt) throws SQLException {
        return rows.query(
                row -> new TranscodeJob.Convert(plan.sessionId(), row.integer("run")),
                """
                update conversion set next_emit_at = ?
                where session_id = ? and state = 'due' returning run
                """,
                nextEmitAt,
                plan.sessionId());
    }
}
