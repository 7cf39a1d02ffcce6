package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.ladder.PictureSize;
import io.tapedeck.transcode.story.Queue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The plan row, and what a round adds to windows, places of chunks and conversions, each kind in
/// one round trip.
final class JdbcPlannedRows {

    private final JdbcSession rows;
    private final PlanRow plan;
    private final PlanRowMapper mapper;

    JdbcPlannedRows(JdbcSession rows, PlanRow plan, PlanRowMapper mapper) {
        this.rows = rows;
        this.plan = plan;
        this.mapper = mapper;
    }

    /// Moves the plan row on, which locks it.
    ///
    /// @param events that are told with it
    /// @param newSegments that are due from now on
    /// @return the session's last event's sequence then; empty when somebody else was faster
    Optional<Long> advance(PlanStep step, int events, int newSegments, Instant now)
            throws SQLException {
        PlanRow after = step.after();
        PlanCursor cursor = after.cursor();
        Stretch stretch = cursor.stretch();
        Failure failure = after.failure();
        PictureSize best = after.ladder().best();
        return rows.find(
                row -> row.number("event_sequence"),
                """
                update session_plan set version = version + 1, plan = ?, state = ?, next_chunk = ?, run = ?,
                    run_offset_bytes = ?, last_chunk_at = ?, run_broken = ?, after_hole = ?, planner_state = ?,
                    next_window = ?, next_origin_ticks = ?, next_source_window = ?,
                    cuttable = ?, leapt_ticks = ?, planned_ticks = ?, stretch = ?,
                    stretch_run = ?, stretch_origin_ticks = ?, stretch_recorded_at = ?, gaps = ?::jsonb,
                    failure_code = ?, failure_message = ?, best_width_pixels = ?,
                    best_height_pixels = ?, outgrown = ?, advanced_at = ?,
                    event_sequence = event_sequence + ?, due_segments = due_segments + ?
                where session_id = ? and version = ? and state = ?
                returning event_sequence
                """,
                after.plan(),
                after.state(),
                cursor.nextChunk(),
                cursor.run(),
                cursor.runOffsetBytes(),
                cursor.lastChunkAt(),
                cursor.runBroken(),
                cursor.afterHole(),
                cursor.plannerState(),
                cursor.nextWindow(),
                cursor.nextOriginTicks(),
                cursor.nextSourceWindow(),
                cursor.cuttable(),
                cursor.leaptTicks(),
                cursor.plannedTicks(),
                stretch == null ? -1 : stretch.number(),
                stretch == null ? null : stretch.run(),
                stretch == null ? null : stretch.originTicks(),
                stretch == null ? null : stretch.recordedAt(),
                mapper.write(after.gaps()),
                failure == null ? null : failure.kind().code(),
                failure == null ? null : failure.message(),
                best == null ? null : best.widthPixels(),
                best == null ? null : best.heightPixels(),
                after.ladder().outgrown(),
                now,
                events,
                newSegments,
                plan.sessionId(),
                plan.version(),
                plan.state());
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
                        planned.recordedAt(),
                        window.pictures(),
                        window.source().fromBytes(),
                        window.source().toBytes(),
                        window.source().checkpoint()
                    });
        }
        rows.batch(
                """
                insert into planned_window (session_id, plan, cut, window_index, run, stretch,
                    origin_ticks, start_ticks, end_ticks, last, recorded_at, pictures, from_bytes, to_bytes,
                    checkpoint)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                values);
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
                        offset.offsetBytes(),
                        offset.converted()
                    });
        }
        rows.batch(
                """
                insert into chunk_place (session_id, plan, chunk_index, run, offset_bytes, converted)
                values (?, ?, ?, ?, ?, ?)
                """,
                values);
    }

    /// For a plan that begins anew.
    void deletePlaces() throws SQLException {
        rows.update(
                "delete from chunk_place where session_id = ? and plan = ?",
                plan.sessionId(),
                plan.plan());
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

    /// A run that is to be converted.
    record ConversionDue(Queue queue, TranscodeJob job) {}

    /// Jobs for all runs that are to be converted now. Listing the frames of an MP4 file takes no
    /// time, and then it can be watched.
    ///
    /// @param nextEmitAt when others are sent for those that nobody took
    List<ConversionDue> conversionsDue(Instant nextEmitAt) throws SQLException {
        return rows.query(
                row ->
                        new ConversionDue(
                                Queue.ofConversion(row.flag("quick")),
                                new TranscodeJob.Convert(plan.sessionId(), row.integer("run"))),
                """
                update conversion set next_emit_at = ?
                where session_id = ? and state = 'due'
                returning run, container = 'mp4' and not unindexable as quick
                """,
                nextEmitAt,
                plan.sessionId());
    }
}
