package io.tapedeck.transcode.preview;

import io.tapedeck.transcode.database.JdbcRow;
import io.tapedeck.transcode.database.JdbcSession;
import java.sql.SQLException;
import java.util.List;

/// Reads which segments of a session pictures can be made of.
final class JdbcShots {

    /// Of a session that goes on, its beginning.
    private static final int MOST_SHOTS_OF_BEGINNING = 5;

    private final JdbcSession rows;
    private final String sessionId;

    JdbcShots(JdbcSession rows, String sessionId) {
        this.rows = rows;
        this.sessionId = sessionId;
    }

    private record Found(String name, int generation, int widthPixels, int heightPixels) {}

    Subject subject(long wanted, int attempts) throws SQLException {
        List<Found> whole = whole();
        if (whole.isEmpty()) {
            Subject.Shots beginning = beginning();
            return new Subject(sessionId, wanted, attempts, false, beginning, beginning);
        }
        return new Subject(
                sessionId,
                wanted,
                attempts,
                true,
                shots(whole.getFirst(), Integer.MAX_VALUE),
                shots(whole.getLast(), Integer.MAX_VALUE));
    }

    /// Whole renditions of a session that is complete, the smallest first. The pictures as they
    /// came are large, and few: they are taken where nobody wanted to wait for anything else.
    private List<Found> whole() throws SQLException {
        return rows.query(
                JdbcShots::found,
                """
                with pictures as (
                    select r.* from whole_rendition r join session_plan p using (session_id)
                    where r.session_id = ? and r.height_pixels > 0
                        and p.state in ('planned', 'failed') and p.due_segments = 0)
                select distinct on (height_pixels, name) * from pictures
                where cut = 'grid' or not exists (select from pictures where cut = 'grid')
                order by height_pixels, name, generation desc
                """,
                sessionId);
    }

    /// Of the best rendition that has something.
    private Subject.Shots beginning() throws SQLException {
        List<Found> best =
                rows.query(
                        JdbcShots::found,
                        """
                        select r.* from rendition r
                        where r.session_id = ? and r.height_pixels > 0 and not r.withdrawn
                            and exists (select from segment s where s.session_id = r.session_id
                                and s.rendition = r.name and s.generation = r.generation
                                and s.state = 'rendered' and s.frames > 0)
                        order by r.height_pixels desc, r.generation limit 1
                        """,
                        sessionId);
        return best.isEmpty()
                ? Subject.Shots.NONE
                : shots(best.getFirst(), MOST_SHOTS_OF_BEGINNING);
    }

    private Subject.Shots shots(Found rendition, int most) throws SQLException {
        List<Shot> shots =
                rows.query(
                        JdbcShots::shot,
                        """
                        select s.window_index, s.object_key, s.size_bytes,
                            w.origin_ticks + w.start_ticks as session_start_ticks,
                            w.origin_ticks + w.end_ticks as session_end_ticks
                        from segment s
                        join kept_window w using (session_id, plan, cut, window_index)
                        where s.session_id = ? and s.rendition = ? and s.generation = ?
                            and s.state = 'rendered' and s.frames > 0
                        order by s.window_index limit ?
                        """,
                        sessionId,
                        rendition.name(),
                        rendition.generation(),
                        most);
        return new Subject.Shots(rendition.widthPixels(), rendition.heightPixels(), shots);
    }

    private static Found found(JdbcRow row) throws SQLException {
        return new Found(
                row.text("name"),
                row.integer("generation"),
                row.integer("width_pixels"),
                row.integer("height_pixels"));
    }

    private static Shot shot(JdbcRow row) throws SQLException {
        return new Shot(
                row.number("window_index"),
                row.number("session_start_ticks"),
                row.number("session_end_ticks"),
                row.text("object_key"),
                row.number("size_bytes"));
    }
}
