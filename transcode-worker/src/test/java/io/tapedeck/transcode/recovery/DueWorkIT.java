package io.tapedeck.transcode.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.Rows;
import io.tapedeck.transcode.World;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.story.Queue;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which jobs are sent again.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(Rows.InPeace.class)
class DueWorkIT {

    private static final String OVERDUE =
            "select count(*) from segment where session_id = ? and next_emit_at < now()";

    @Inject World world;
    @Inject DataSource source;
    @Inject JdbcDueWorkRepository work;

    private final String session = UUID.randomUUID().toString();

    @AfterEach
    void leaveNoWork() throws SQLException {
        new Rows(source, session).remove();
    }

    @Test
    void aWindowIsSentAgainOnceForAllItsRenditions() throws SQLException {
        Rows rows = new Rows(source, session).planned(1, 2);
        for (int side : List.of(720, 480, 240)) {
            rows.rendition(side + "p", 1, 1, side);
        }
        rows.execute(
                """
                insert into segment (session_id, rendition, generation, window_index, plan, cut,
                    queue, next_emit_at)
                select session_id, name, generation, n, plan, cut, 'backlog',
                    '2000-01-01'::timestamptz + interval '1 s' * n
                from rendition, generate_series(0, 1) as n where session_id = ?
                """);

        round();

        assertThat(rows.number(OVERDUE)).isEqualTo(3);
        Awaitility.await().until(() -> !jobs().isEmpty());
        assertThat(jobs()).containsExactly(job(0));

        round();

        assertThat(rows.number(OVERDUE)).isZero();
        Awaitility.await().until(() -> jobs().size() > 1);
        assertThat(jobs()).containsExactly(job(0), job(1));
    }

    @Test
    void aConversionIsSentAgainPastTheBacklog() throws SQLException {
        Rows rows = new Rows(source, session);
        rows.execute("insert into session_plan (session_id, state) values (?, 'converting')");
        rows.execute(
                """
                insert into conversion (session_id, run, container, next_emit_at)
                values (?, 0, 'mp3', '2000-01-01')
                """);

        assertThat(work.waiting(Instant.now()).conversions()).isPositive();
        assertThat(work.round(Instant.now(), Duration.ofDays(1), Duration.ofDays(1), 1))
                .hasValueSatisfying(round -> assertThat(round.conversions()).isEqualTo(1));

        Awaitility.await().until(() -> !jobs(Queue.CONVERT).isEmpty());
        assertThat(jobs(Queue.CONVERT)).containsExactly(new TranscodeJob.Convert(session, 0));
        assertThat(jobs()).isEmpty();
    }

    /// The longest overdue row alone.
    private void round() {
        assertThat(work.round(Instant.now(), Duration.ofDays(1), Duration.ofDays(1), 1))
                .hasValueSatisfying(round -> assertThat(round.segments()).isEqualTo(1));
    }

    private TranscodeJob job(long window) {
        return new TranscodeJob.Render(session, 1, "grid", window);
    }

    private List<TranscodeJob> jobs() {
        return jobs(Queue.BACKLOG);
    }

    private List<TranscodeJob> jobs(Queue queue) {
        return world.jobs(queue).stream().filter(job -> job.sessionId().equals(session)).toList();
    }
}
