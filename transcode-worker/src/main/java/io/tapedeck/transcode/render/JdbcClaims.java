package io.tapedeck.transcode.render;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.database.JdbcWindow;
import io.tapedeck.transcode.story.Queue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How jobs take segments on, for as long as the job itself is locked. When a worker dies, its job
/// comes back at once, and takes again what it had taken.
final class JdbcClaims {

    private final JdbcSession rows;
    private final WindowId lead;
    private final Queue queue;

    JdbcClaims(JdbcSession rows, WindowId lead, Queue queue) {
        this.rows = rows;
        this.lead = lead;
        this.queue = queue;
    }

    Optional<Claim> claim(int mostWindows, Instant now) throws SQLException {
        List<DueSegment> due = due(mostWindows, now);
        Optional<Share> share = Share.of(lead.index(), due, mostWindows);
        if (share.isEmpty()) {
            return Optional.empty();
        }
        List<Place> places = sameStretch(places(share.get()));
        long end = places.getLast().window().index() + 1;
        int attempts = take(share.get().firstWindow(), end, now);
        return Optional.of(
                new Claim(
                        lead,
                        queue,
                        places.stream().map(Place::window).toList(),
                        places.getFirst().stretch(),
                        places.getFirst().recordedAt(),
                        targets(due, share.get().firstWindow()),
                        attempts,
                        due.stream().anyMatch(segment -> segment.mine() && segment.window() >= end),
                        chunks(places)));
    }

    private List<DueSegment> due(int mostWindows, Instant now) throws SQLException {
        return rows.query(
                row ->
                        new DueSegment(
                                row.number("window_index"),
                                row.text("rendition"),
                                row.integer("generation"),
                                row.integer("attempts") + row.integer("failures") > 0,
                                row.flag("mine")),
                """
                select window_index, rendition, generation, attempts, failures,
                    claimed_lead is not null and claimed_lead = ? as mine
                from segment
                where session_id = ? and plan = ? and cut = ? and state = 'due' and queue = ?
                    and window_index >= ? and window_index < ?
                    and (claimed_lead is null or claimed_lead = ? or claimed_until < ?)
                order by window_index, rendition, generation
                for update skip locked
                """,
                lead.index(),
                lead.sessionId(),
                lead.plan(),
                lead.cut(),
                queue,
                lead.index(),
                lead.index() + mostWindows,
                lead.index(),
                now);
    }

    /// @param window where it lies and what to read
    /// @param recordedAt null if unknown
    private record Place(Window window, int stretch, @Nullable Instant recordedAt) {}

    private List<Place> places(Share share) throws SQLException {
        List<Place> places =
                rows.query(
                        row ->
                                new Place(
                                        JdbcWindow.of(row),
                                        row.integer("stretch"),
                                        row.instantOrNull("recorded_at")),
                        """
                        select * from planned_window
                        where session_id = ? and plan = ? and cut = ?
                            and window_index >= ? and window_index < ?
                        order by window_index
                        """,
                        lead.sessionId(),
                        lead.plan(),
                        lead.cut(),
                        share.firstWindow(),
                        share.firstWindow() + share.windows());
        if (places.isEmpty()) {
            throw new IllegalStateException("no window: " + lead);
        }
        return places;
    }

    private static List<Place> sameStretch(List<Place> places) {
        int stretch = places.getFirst().stretch();
        return places.stream().takeWhile(place -> place.stretch() == stretch).toList();
    }

    private int take(long firstWindow, long endWindow, Instant now) throws SQLException {
        return rows
                .query(
                        row -> row.integer("attempts"),
                        """
                        update segment set attempts = attempts + 1, claimed_lead = ?,
                            claimed_until = ?
                        where session_id = ? and plan = ? and cut = ? and state = 'due'
                            and queue = ? and window_index >= ? and window_index < ?
                            and (claimed_lead is null or claimed_lead = ? or claimed_until < ?)
                        returning attempts
                        """,
                        lead.index(),
                        now.plus(Renderer.LEASE),
                        lead.sessionId(),
                        lead.plan(),
                        lead.cut(),
                        queue,
                        firstWindow,
                        endWindow,
                        lead.index(),
                        now)
                .stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
    }

    private List<Target> targets(List<DueSegment> due, long window) throws SQLException {
        var targets = new ArrayList<Target>();
        for (DueSegment segment : due) {
            if (segment.window() == window) {
                targets.add(target(segment));
            }
        }
        return targets;
    }

    private Target target(DueSegment segment) throws SQLException {
        return rows.find(
                        row ->
                                new Target(
                                        new Rendition(
                                                segment.rendition(),
                                                row.integer("width_pixels"),
                                                row.integer("height_pixels")),
                                        segment.generation()),
                        """
                        select width_pixels, height_pixels from rendition
                        where session_id = ? and name = ? and generation = ?
                        """,
                        lead.sessionId(),
                        segment.rendition(),
                        segment.generation())
                .orElseThrow();
    }

    private List<ChunkSlice.Placed> chunks(List<Place> places) throws SQLException {
        var spans = places.stream().map(place -> place.window().source()).toList();
        long from = spans.stream().mapToLong(Window.ByteSpan::fromBytes).min().orElseThrow();
        long to = spans.stream().mapToLong(Window.ByteSpan::toBytes).max().orElseThrow();
        return rows.query(
                row ->
                        new ChunkSlice.Placed(
                                row.text("object_key"),
                                row.number("object_offset_bytes"),
                                row.number("offset_bytes"),
                                row.number("size_bytes")),
                """
                select object_key, object_offset_bytes, offset_bytes, size_bytes
                from placed_chunk
                where session_id = ? and plan = ? and run = ? and offset_bytes < ?
                    and offset_bytes + size_bytes > ? and size_bytes > 0
                order by offset_bytes
                """,
                lead.sessionId(),
                lead.plan(),
                places.getFirst().window().run(),
                to,
                from);
    }
}
