package io.tapedeck.transcode.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.transcode.check.SegmentFacts.Contents;
import io.tapedeck.transcode.check.SegmentFacts.Made;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads what rows say of a session.
final class JdbcCheckRows {

    private static final TypeReference<List<Gap>> GAPS = new TypeReference<>() {};

    private final JdbcSession rows;
    private final String sessionId;
    private final ObjectMapper json;

    JdbcCheckRows(JdbcSession rows, String sessionId, ObjectMapper json) {
        this.rows = rows;
        this.sessionId = sessionId;
        this.json = json;
    }

    /// Without what the store says.
    SessionFacts read() throws SQLException {
        var renditions = new ArrayList<RenditionFacts>();
        for (RenditionFacts rendition : renditions()) {
            renditions.add(rendition.with(segments(rendition)));
        }
        return new SessionFacts(List.copyOf(renditions), gaps(), null);
    }

    /// The newest whole generation of each, best first, without their segments.
    private List<RenditionFacts> renditions() throws SQLException {
        record Sized(int heightPixels, RenditionFacts rendition) {}
        return rows
                .query(
                        row -> new Sized(row.integer("height_pixels"), rendition(row)),
                        """
                        select distinct on (r.name) r.name, r.generation, r.plan, r.cut, r.height_pixels,
                            r.target_duration_seconds, (
                                select coalesce(max(w.window_index) + 1, 0) from kept_window w
                                where w.session_id = r.session_id and w.plan = r.plan
                                    and w.cut = r.cut) as windows, (
                                select coalesce(min(w.window_index), 0) from kept_window w
                                where w.session_id = r.session_id and w.plan = r.plan
                                    and w.cut = r.cut) as first_window
                        from whole_rendition r
                        where r.session_id = ?
                        order by r.name, r.generation desc
                        """,
                        sessionId)
                .stream()
                .sorted(Comparator.comparing(Sized::heightPixels).reversed())
                .map(Sized::rendition)
                .toList();
    }

    private static RenditionFacts rendition(JdbcRow row) throws SQLException {
        return new RenditionFacts(
                row.text("name"),
                row.integer("generation"),
                row.integer("plan"),
                row.text("cut"),
                row.text("cut").equals("source"),
                row.integer("target_duration_seconds"),
                row.number("first_window"),
                row.number("windows"),
                List.of());
    }

    private List<SegmentFacts> segments(RenditionFacts rendition) throws SQLException {
        return rows.query(
                JdbcCheckRows::segment,
                """
                select s.window_index, s.object_key, s.size_bytes, s.codecs, s.frames, s.reason,
                    s.wanted_pictures, s.source_pictures, s.first_picture_ticks, s.last_picture_ticks,
                    s.sound_frames, s.first_sound_ticks, w.stretch, w.pictures,
                    w.origin_ticks + w.start_ticks as session_start_ticks,
                    w.origin_ticks + w.end_ticks as session_end_ticks
                from segment s join kept_window w using (session_id, plan, cut, window_index)
                where s.session_id = ? and s.rendition = ? and s.generation = ?
                order by s.window_index
                """,
                sessionId,
                rendition.name(),
                rendition.generation());
    }

    private static SegmentFacts segment(JdbcRow row) throws SQLException {
        String key = row.textOrNull("object_key");
        return new SegmentFacts(
                row.number("window_index"),
                row.integer("stretch"),
                row.number("session_start_ticks"),
                row.number("session_end_ticks"),
                row.optionalNumber("pictures"),
                key == null
                        ? null
                        : new Made(
                                key,
                                row.number("size_bytes"),
                                OptionalLong.empty(),
                                row.text("codecs"),
                                contents(row)),
                row.textOrNull("reason"));
    }

    private static @Nullable Contents contents(JdbcRow row) throws SQLException {
        Integer wanted = row.integerOrNull("wanted_pictures");
        if (wanted == null) {
            return null;
        }
        return new Contents(
                row.integer("frames"),
                wanted,
                row.optionalNumber("source_pictures"),
                row.optionalNumber("first_picture_ticks"),
                row.optionalNumber("last_picture_ticks"),
                row.integer("sound_frames"),
                row.optionalNumber("first_sound_ticks"));
    }

    /// Of the recording, and its end where the rest of it cannot be read.
    private List<Gap> gaps() throws SQLException {
        return rows.find(
                        row -> {
                            List<Gap> gaps = new ArrayList<>(gaps(row.text("gaps")));
                            String failure = row.textOrNull("failure_message");
                            if (failure != null) {
                                gaps.add(new Gap(row.number("planned_ticks"), 0, failure));
                            }
                            return List.copyOf(gaps);
                        },
                        """
                        select gaps, failure_message, planned_ticks from session_plan
                        where session_id = ?
                        """,
                        sessionId)
                .orElse(List.of());
    }

    private List<Gap> gaps(String text) {
        try {
            return json.readValue(text, GAPS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row holds JSON that cannot be read: " + text, e);
        }
    }

    /// An MP4 in the store.
    ///
    /// @param generation of the best rendition, which it is made of
    record File(String objectKey, long sizeBytes, int generation) {}

    /// The newest one.
    Optional<File> file() throws SQLException {
        return rows.find(
                row ->
                        new File(
                                row.text("result_key"),
                                row.number("result_bytes"),
                                row.integer("generation")),
                """
                select result_key, result_bytes, generation from task
                where session_id = ? and task_type = 'export' and format = 'mp4'
                    and state = 'succeeded'
                order by generation desc, finished_at desc limit 1
                """,
                sessionId);
    }
}
