package io.tapedeck.transcode.plan;

import io.tapedeck.transcode.database.JdbcSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The renditions of a plan.
final class JdbcRenditionRows {

    private final JdbcSession rows;
    private final PlanRow plan;

    JdbcRenditionRows(JdbcSession rows, PlanRow plan) {
        this.rows = rows;
        this.plan = plan;
    }

    /// The renditions that every window of the plan is rendered in so far.
    List<PlannedRendition> planned() throws SQLException {
        return rows.query(
                PlanRowMapper::rendition,
                """
                select * from rendition
                where session_id = ? and plan = ? and task_id is null and not withdrawn
                order by rank, name
                """,
                plan.sessionId(),
                plan.plan());
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

    void insert(List<PlannedRendition> added) throws SQLException {
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
                        NewRendition.targetDurationSeconds(rendition.cut(), plan.grid())
                    });
        }
        rows.batch(
                """
                insert into rendition (session_id, name, generation, plan, cut, rank, width_pixels,
                    height_pixels, target_duration_seconds) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                values);
    }
}
