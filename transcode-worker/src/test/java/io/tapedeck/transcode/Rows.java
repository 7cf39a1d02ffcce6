package io.tapedeck.transcode;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/// A planned session as rows, made by nobody.
public record Rows(DataSource database, String session) {

    /// Nobody renders and nothing is sent again, so that one can look at what was left in peace.
    public static final class InPeace implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tapedeck.worker.front-slots", "0",
                    "tapedeck.worker.convert-slots", "0",
                    "tapedeck.worker.backlog-slots", "0",
                    "tapedeck.worker.reconcile.every", "24h");
        }
    }

    /// @param plans how many there were; the last one is planned to its end
    public Rows planned(int plans, long windows) throws SQLException {
        execute(
                """
                insert into session_plan (session_id, state, live, chunk_count, plan, next_window,
                    planned_ticks)
                values (?, 'planned', false, 1, %1$d, %2$d, %2$d * 180000::bigint)
                """
                        .formatted(plans, windows));
        execute(
                """
                insert into planned_window (session_id, plan, cut, window_index, run, stretch,
                    origin_ticks, start_ticks, end_ticks, last, from_bytes, to_bytes, checkpoint)
                select ?, p, c, n, 0, 0, 0, n * 180000::bigint, (n + 1) * 180000::bigint,
                    false, 0, 0, ''::bytea
                from generate_series(1, %d) as p, generate_series(0, %d) as n,
                    unnest(array['grid', 'source']) as c
                """
                        .formatted(plans, windows - 1));
        return this;
    }

    /// Without segments, so it is whole.
    public Rows rendition(String name, int generation, int plan, int heightPixels)
            throws SQLException {
        execute(
                """
                insert into rendition (session_id, name, generation, plan, cut, rank, width_pixels,
                    height_pixels, target_duration_seconds)
                values (?, '%s', %d, %d, '%s', 0, %d, %d, 2)
                """
                        .formatted(
                                name,
                                generation,
                                plan,
                                name.equals("source") ? "source" : "grid",
                                heightPixels * 16 / 9,
                                heightPixels));
        return this;
    }

    /// A segment of window 0, under the key that says whose it is.
    public Rows rendered(String name, int generation, int plan) throws SQLException {
        execute(
                """
                insert into segment (session_id, rendition, generation, window_index, plan, cut,
                    queue, next_emit_at, state, object_key, digest, size_bytes, codecs, frames,
                    settled_at)
                values (?, '%1$s', %2$d, 0, %3$d, '%4$s', 'backlog', now(), 'rendered',
                    '%1$s/%2$d', 'd', 1, 'c', 60, now())
                """
                        .formatted(
                                name, generation, plan, name.equals("source") ? "source" : "grid"));
        return this;
    }

    /// Segments of all windows of plan 1, which nobody has begun.
    public Rows due(String name, int generation) throws SQLException {
        int segments =
                execute(
                        """
                        insert into segment (session_id, rendition, generation, window_index, plan,
                            cut, queue, next_emit_at)
                        select session_id, '%s', %d, window_index, plan, cut, 'backlog', now()
                        from planned_window where session_id = ? and plan = 1 and cut = '%s'
                        """
                                .formatted(
                                        name,
                                        generation,
                                        name.equals("source") ? "source" : "grid"));
        execute(
                "update session_plan set due_segments = due_segments + %d where session_id = ?"
                        .formatted(segments));
        return this;
    }

    /// Those of other tests are not to find any work here.
    public void remove() throws SQLException {
        execute("delete from segment where session_id = ?");
        execute("delete from session_plan where session_id = ?");
    }

    /// @return how many rows that changed
    public int execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (sql.contains("?")) {
                statement.setString(1, session);
            }
            return statement.executeUpdate();
        }
    }

    public long number(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, session);
            try (var found = statement.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }
}
