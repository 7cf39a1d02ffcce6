package io.tapedeck.transcode.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.plan.Grid;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.ladder.PictureSize;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// From rows to what planning knows.
final class PlanRowMapper {

    private static final TypeReference<List<Gap>> GAPS = new TypeReference<>() {};
    private static final TypeReference<List<long[]>> RANGES = new TypeReference<>() {};

    private final ObjectMapper json;

    PlanRowMapper(ObjectMapper json) {
        this.json = json;
    }

    /// @param row of session_plan, with `has_rendition`
    PlanRow plan(JdbcRow row, List<Conversion> conversions) throws SQLException {
        Long chunkCount = row.numberOrNull("chunk_count");
        return new PlanRow(
                row.text("session_id"),
                row.number("version"),
                row.integer("plan"),
                row.constant(PlanState.class, "state"),
                row.flag("live"),
                row.instantOrNull("opened_at"),
                Grid.ofSeconds(row.integer("segment_seconds")),
                new History(row.number("history_seconds"), row.number("forgotten_below")),
                chunkCount == null ? null : new Completion(chunkCount, missing(row)),
                ladder(row),
                cursor(row),
                read(row.text("gaps"), GAPS),
                failure(row),
                conversions,
                row.instantOrNull("swept_at"));
    }

    private static @Nullable Failure failure(JdbcRow row) throws SQLException {
        String code = row.textOrNull("failure_code");
        return code == null
                ? null
                : new Failure(PlanFailure.ofCode(code), row.text("failure_message"));
    }

    private static LadderChoice ladder(JdbcRow row) throws SQLException {
        Integer width = row.integerOrNull("best_width_pixels");
        Integer height = row.integerOrNull("best_height_pixels");
        return new LadderChoice(
                row.flag("has_rendition"),
                width == null || height == null ? null : new PictureSize(width, height),
                row.flag("outgrown"));
    }

    private static PlanCursor cursor(JdbcRow row) throws SQLException {
        int stretch = row.integer("stretch");
        return new PlanCursor(
                row.number("next_chunk"),
                row.integerOrNull("run"),
                row.number("run_offset_bytes"),
                row.instantOrNull("last_chunk_at"),
                row.flag("run_broken"),
                row.flag("after_hole"),
                row.bytesOrNull("planner_state"),
                row.number("next_window"),
                row.number("next_origin_ticks"),
                row.number("next_source_window"),
                row.flag("cuttable"),
                row.number("leapt_ticks"),
                row.number("planned_ticks"),
                stretch < 0
                        ? null
                        : new Stretch(
                                stretch,
                                row.integer("stretch_run"),
                                row.number("stretch_origin_ticks"),
                                row.instantOrNull("stretch_recorded_at")));
    }

    static PlannedRendition rendition(JdbcRow row) throws SQLException {
        return new PlannedRendition(
                row.text("name"),
                row.integer("generation"),
                row.constant(Cut.class, "cut"),
                row.integer("rank"),
                row.integer("width_pixels"),
                row.integer("height_pixels"));
    }

    static Conversion conversion(JdbcRow row) throws SQLException {
        return new Conversion(
                row.integer("run"),
                row.constant(Conversion.State.class, "state"),
                row.textOrNull("reason"));
    }

    /// @param row of readable_chunk
    static Chunk chunk(JdbcRow row) throws SQLException {
        return new Chunk(
                row.number("chunk_index"),
                row.integer("run"),
                row.text("object_key"),
                row.number("object_offset_bytes"),
                row.number("size_bytes"),
                row.number("run_bytes"),
                row.flag("converted"),
                row.flag("indexed"),
                row.instant("stored_at"),
                row.instant("told_at"),
                row.integer("misses"));
    }

    private List<IndexRange> missing(JdbcRow row) throws SQLException {
        return read(row.text("missing"), RANGES).stream()
                .map(range -> new IndexRange(range[0], range[1]))
                .toList();
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return Objects.requireNonNull(json.readValue(text, type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row holds JSON that cannot be read: " + text, e);
        }
    }

    /// For a column of type `jsonb`.
    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON: " + value, e);
        }
    }
}
