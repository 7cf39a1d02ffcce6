package io.tapedeck.transcode.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.Ingest;
import io.tapedeck.transcode.Rows;
import io.tapedeck.transcode.World;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionEnded;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionWithdrawn;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.story.Queue;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an order for renditions leaves in the rows, whatever the length of its session.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(Rows.InPeace.class)
class OrderIT {

    private static final int OPEN = JdbcOrderedWindows.MOST_OPEN;
    private static final long DAY = 43_200;
    private static final String FED =
            "select max(window_index) + 1 from segment where session_id = ?";
    private static final String DUE = "select due_segments from session_plan where session_id = ?";
    private static final String SEGMENTS = "select count(*) from segment where session_id = ?";

    @Inject Ingest ingest;
    @Inject World world;
    @Inject DataSource source;
    @Inject JdbcDatabase database;
    @Inject JdbcSessionTasks tasks;

    private final String session = UUID.randomUUID().toString();
    private final String task = UUID.randomUUID().toString();
    private Rows rows;

    @BeforeEach
    void sessionOfThisTest() {
        rows = new Rows(source, session);
    }

    @AfterEach
    void leaveNoWork() throws SQLException {
        rows.remove();
    }

    @Test
    void aDayInSixteenQualitiesIsBegunWithAPartOfIt() throws SQLException {
        rows.planned(1, DAY).rendition("1080p", 1, 1, 1080);
        List<String> names = IntStream.range(0, 16).mapToObj(i -> 100 + 50 * i + "p").toList();

        order(names);

        assertThat(rows.number(SEGMENTS)).isEqualTo(16L * OPEN);
        assertThat(rows.number(DUE)).isEqualTo(16L * OPEN);
        Awaitility.await().until(() -> jobs().size() >= OPEN);
        assertThat(jobs())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, OPEN)
                                .mapToObj(n -> new TranscodeJob.Render(session, 1, "grid", n))
                                .toList());
        Awaitility.await().until(() -> world.events(session, RenditionEnded.class).size() == 16);
        assertThat(world.events(session, RenditionEnded.class))
                .extracting(RenditionEnded::windowCount)
                .containsOnly(DAY);
    }

    @Test
    void theNextPartComesWhenMostOfTheLastIsDone() throws SQLException {
        rows.planned(1, 1200).rendition("480p", 1, 1, 480);
        order(List.of("480p"));

        settle(0, OPEN / 2 - 1);
        assertThat(rows.number(FED)).isEqualTo(OPEN);
        settle(OPEN / 2 - 1, OPEN / 2);
        assertThat(rows.number(FED)).isEqualTo(OPEN + OPEN / 2);
        assertThat(rows.number(DUE)).isEqualTo(OPEN);

        settle(OPEN / 2, OPEN + OPEN / 2);
        assertThat(rows.number(FED)).isEqualTo(1200);
        assertThat(world.events(session, TaskChanged.class))
                .noneMatch(changed -> changed.state().isFinal());
        settle(OPEN + OPEN / 2, 1200);

        TaskChanged done = world.await(session, TaskChanged.class, last -> last.progress() == 1);
        assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(rows.number(DUE)).isZero();
        assertThat(world.events(session, TaskChanged.class))
                .extracting(TaskChanged::progress)
                .anyMatch(progress -> Math.abs(progress - 750 / 1200.0) < 1e-9);
    }

    @Test
    void bothCutsAreFedAndTheTaskEndsWithTheLastOfThem() throws SQLException {
        rows.planned(1, 3).rendition("480p", 1, 1, 480).rendition("source", 1, 1, 480);

        order(List.of());

        assertThat(rows.number(SEGMENTS)).isEqualTo(6);
        settle(0, 3, "480p");
        assertThat(state()).isEqualTo("running");
        settle(0, 3, "source");
        assertThat(state()).isEqualTo("succeeded");
    }

    @Test
    void whatIsCancelledIsNotFedOn() throws SQLException {
        rows.planned(1, 1200).rendition("480p", 1, 1, 480);
        order(List.of("480p", "240p"));

        tasks.obey(new TranscodeCommand.CancelTask(session, task, Instant.now()));

        assertThat(rows.number(DUE)).isZero();
        assertThat(rows.number(SEGMENTS)).isZero();
        Awaitility.await().until(() -> world.events(session, RenditionWithdrawn.class).size() == 2);
        database.transaction(all -> {
            tasks.advanced(all, session);
            return session;
        });
        assertThat(rows.number(SEGMENTS)).isZero();
    }

    @Test
    void whatIsWithdrawnMeanwhileHoldsNoTaskUp() throws SQLException {
        rows.planned(1, 3).rendition("480p", 1, 1, 480).rendition("source", 1, 1, 480);
        order(List.of());

        rows.execute(
                "update rendition set withdrawn = true where session_id = ? and name = 'source'");
        settle(0, 3, "480p");

        assertThat(state()).isEqualTo("succeeded");
    }

    @Test
    void whereThereIsNothingNothingCanBeOrdered() throws SQLException {
        rows.planned(1, 1);

        order(List.of());

        assertThat(state()).isEqualTo("failed");
    }

    @Test
    void anOrderDoesNotPutOffAPlanThatIsNotPublishedYet() throws SQLException {
        rows.planned(2, 3).rendition("480p", 1, 1, 480).rendition("480p", 2, 2, 480);

        order(List.of("480p"));

        assertThat(state()).isEqualTo("failed");
        assertThat(rows.number(DUE)).isZero();
    }

    @Test
    void aCommandThatFailsAgainAndAgainLetsOthersPass() throws SQLException {
        rows.planned(1, 10).rendition("480p", 1, 1, 480);
        rows.execute(
                """
                create function fail() returns trigger language plpgsql as
                    'begin raise exception ''broken''; end'
                """);
        rows.execute(
                "create trigger fail before insert on rendition for each row when (new.session_id = '"
                        + session
                        + "') execute function fail()");
        try {
            ingest.command(new TranscodeCommand.Render(session, task, Instant.now(), List.of()));
            String export = ExportTaskId.of(session, "gif", 1);
            ingest.command(new TranscodeCommand.Export(session, export, Instant.now(), "gif", 1));

            world.await(session, TaskChanged.class, last -> last.taskId().equals(export));
        } finally {
            rows.execute("drop function fail cascade");
        }
        assertThat(world.events(session, TaskChanged.class).getFirst())
                .satisfies(first -> {
                    assertThat(first.taskId()).isEqualTo(task);
                    assertThat(first.state()).isEqualTo(TaskState.FAILED);
                    assertThat(first.error()).contains("could not be begun");
                });
        assertThat(rows.number(SEGMENTS)).isZero();
    }

    private void order(List<String> renditions) {
        tasks.obey(new TranscodeCommand.Render(session, task, Instant.now(), renditions));
    }

    private void settle(int from, int end) throws SQLException {
        settle(from, end, "480p");
    }

    /// Settles windows of an ordered rendition as workers do.
    private void settle(int from, int end, String rendition) throws SQLException {
        database.transaction(all -> {
            all.find(
                    row -> true,
                    "select 1 from session_plan where session_id = ? for no key update",
                    session);
            int settled =
                    all.update(
                            """
                            update segment set state = 'failed', reason = 'r', settled_at = now()
                            where session_id = ? and rendition = ? and state = 'due'
                                and window_index >= ? and window_index < ?
                            """,
                            session,
                            rendition,
                            from,
                            end);
            all.update(
                    "update session_plan set due_segments = due_segments - ? where session_id = ?",
                    settled,
                    session);
            tasks.advanced(all, session, Collections.nCopies(settled, new Settled(rendition, 2)));
            return settled;
        });
    }

    private List<TranscodeJob> jobs() {
        return world.jobs(Queue.BACKLOG).stream()
                .filter(job -> job.sessionId().equals(session))
                .toList();
    }

    private String state() {
        return database.transaction(all ->
                all.find(row -> row.text("state"), "select state from task where task_id = ?", task)
                        .orElseThrow());
    }
}
