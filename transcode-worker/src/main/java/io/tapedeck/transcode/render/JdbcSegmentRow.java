package io.tapedeck.transcode.render;

import io.tapedeck.ffmpeg.segment.SegmentContents;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.story.EventDraft;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One segment's row. As long as it is due it may be settled; the first who does so counts.
final class JdbcSegmentRow {

    private static final String KEY =
            " session_id = ? and rendition = ? and generation = ? and window_index = ? ";

    private final JdbcSession rows;
    private final SegmentId id;

    JdbcSegmentRow(JdbcSession rows, SegmentId id) {
        this.rows = rows;
        this.id = id;
    }

    /// It is rendered.
    ///
    /// @return false when somebody else was faster
    boolean rendered(MadeSegment made, Instant now) throws SQLException {
        SegmentContents contents = made.segment().contents();
        return rows.update(
                        "update segment set state = 'rendered', object_key = ?,"
                                + " digest = ?, size_bytes = ?, codecs = ?, frames = ?,"
                                + " wanted_pictures = ?, source_pictures = ?,"
                                + " first_picture_ticks = ?,"
                                + " last_picture_ticks = ?, sound_frames = ?,"
                                + " first_sound_ticks = ?,"
                                + " settled_at = ?, claimed_lead = null, claimed_until = null"
                                + " where"
                                + KEY
                                + "and state = 'due'",
                        values(
                                made.objectKey(),
                                Renderer.digest(made.segment()),
                                made.segment().sizeBytes(),
                                made.segment().codecs(),
                                made.segment().frames(),
                                contents.wantedPictures(),
                                contents.sourcePictures(),
                                contents.firstPictureTicks(),
                                contents.lastPictureTicks(),
                                contents.soundFrames(),
                                contents.firstSoundTicks(),
                                now))
                == 1;
    }

    /// Whether it was rendered, as this object: the same bytes may have been made before, under the
    /// same key.
    boolean is(String objectKey) throws SQLException {
        return rows.find(
                        row -> row.text("object_key"),
                        "select object_key from segment where" + KEY + "and state = 'rendered'",
                        values())
                .map(objectKey::equals)
                .orElse(false);
    }

    /// Rendering it failed.
    ///
    /// @param freed whether any job may take it now
    /// @return how often that was so; empty when it is not due any more
    Optional<Integer> failed(boolean freed) throws SQLException {
        String claim = freed ? ", claimed_lead = null, claimed_until = null" : "";
        return rows.find(
                row -> row.integer("failures"),
                "update segment set failures = failures + 1"
                        + claim
                        + " where"
                        + KEY
                        + "and state = 'due' returning failures",
                values());
    }

    /// It becomes a gap. Reads no more of its window than the world has to be told, for the rest
    /// may be what is bad.
    ///
    /// @return what to tell; empty when it is not due any more
    Optional<EventDraft> giveUp(String reason, Instant now) throws SQLException {
        int failed =
                rows.update(
                        "update segment set state = 'failed', reason = ?, settled_at = ?,"
                                + " claimed_lead = null, claimed_until = null where"
                                + KEY
                                + "and state = 'due'",
                        values(reason, now));
        return failed == 0
                ? Optional.empty()
                : place().map(place -> SegmentEvents.failed(id, place, reason));
    }

    private Optional<SegmentEvents.Place> place() throws SQLException {
        return rows.find(
                row ->
                        new SegmentEvents.Place(
                                row.integer("stretch"),
                                row.number("session_start_ticks"),
                                row.number("duration_ticks"),
                                row.instantOrNull("recorded_at")),
                """
                select w.stretch, w.recorded_at, w.origin_ticks + w.start_ticks as session_start_ticks,
                    w.end_ticks - w.start_ticks as duration_ticks
                from segment s join planned_window w
                    using (session_id, plan, cut, window_index)
                where s.session_id = ? and s.rendition = ? and s.generation = ?
                    and s.window_index = ?
                """,
                values());
    }

    /// It was taken in vain, and that counts for nothing.
    void giveBack() throws SQLException {
        rows.update(
                "update segment set attempts = greatest(0, attempts - 1) where"
                        + KEY
                        + "and state = 'due'",
                values());
    }

    /// Parameters of a statement that ends with [#KEY].
    private @Nullable Object[] values(@Nullable Object... before) {
        var values = new ArrayList<@Nullable Object>(Arrays.asList(before));
        values.addAll(List.of(id.sessionId(), id.rendition(), id.generation(), id.window()));
        return values.toArray();
    }
}
