package io.tapedeck.transcode.task;

import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.ladder.JdbcWithdrawn;
import io.tapedeck.transcode.story.StoryPublisher;
import java.sql.SQLException;
import java.util.List;

/// Renditions that nobody wants to wait for any more. To be used under the lock of the session's
/// plan row.
final class JdbcDroppedRungs {

    private static final String DROPPED = "The owner did not want to wait for it.";

    private final StoryPublisher story;

    JdbcDroppedRungs(StoryPublisher story) {
        this.story = story;
    }

    /// Withdraws what is not whole, but for the rendition that is offered meanwhile: the pictures
    /// as they came or else the largest rung that is made quickly (the same rule as `QuickRung`).
    /// While a plan is made, the pictures as they came may still have to be given up: then that
    /// rung stays beside them until it is made. Where an earlier plan is shown until this one is
    /// whole, nothing is watched of this one, and it goes on.
    ///
    /// @return whether there was something to withdraw
    boolean drop(JdbcSession rows, String sessionId) throws SQLException {
        List<JdbcWithdrawn> all =
                rows.query(
                        JdbcWithdrawn::of,
                        """
                        with shown as (
                            select r.* from rendition r join session_plan p using (session_id, plan)
                            where r.session_id = ? and r.task_id is null and not r.withdrawn
                                and not exists (select from rendition e
                                    where e.session_id = r.session_id and e.plan < r.plan
                                        and not e.withdrawn)),
                        kept as (
                            select name, generation from shown
                            order by cut = 'source' desc,
                                least(width_pixels, height_pixels) <= 480 desc,
                                case when least(width_pixels, height_pixels) <= 480 then 1 else -1 end
                                    * least(width_pixels, height_pixels) desc
                            limit (select case when p.state = 'planning'
                                    and exists (select from shown where cut = 'source')
                                    then 2 else 1 end
                                from session_plan p where p.session_id = ?))
                        update rendition r set withdrawn = true
                        from shown s
                        where r.session_id = s.session_id and r.name = s.name
                            and r.generation = s.generation
                            and (s.name, s.generation) not in (select name, generation from kept)
                            and (exists (select from segment g where g.session_id = s.session_id
                                    and g.rendition = s.name and g.generation = s.generation
                                    and g.state = 'due')
                                or exists (select from session_plan p
                                    where p.session_id = s.session_id and p.state = 'planning'))
                        returning r.session_id, r.name, r.generation
                        """,
                        sessionId,
                        sessionId);
        for (JdbcWithdrawn one : all) {
            one.dropDue(rows);
        }
        story.tell(rows, sessionId, all.stream().map(one -> one.told(DROPPED)).toList());
        return !all.isEmpty();
    }
}
