package io.tapedeck.transcode.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.Rows;
import io.tapedeck.transcode.World;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent.Planned;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionWithdrawn;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import io.tapedeck.transcode.database.JdbcDatabase;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of an earlier plan's renditions when all of a later one is rendered.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(Rows.InPeace.class)
class PublishIT {

    @Inject World world;
    @Inject DataSource source;
    @Inject JdbcDatabase database;
    @Inject JdbcSessionTasks tasks;
    @Inject Tasks files;

    private final String session = UUID.randomUUID().toString();
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
    void whatOnlyTheEarlierPlanHadIsWithdrawn() throws SQLException {
        rows.planned(2, 3)
                .rendition("source", 1, 1, 1080)
                .rendition("720p", 1, 1, 720)
                .rendition("720p", 2, 2, 720);

        advance();

        Planned planned = world.await(session, Planned.class, Planned::complete);
        assertThat(planned.windowCount()).isEqualTo(3);
        world.await(session, RenditionWithdrawn.class, one -> true);
        assertThat(world.events(session, RenditionWithdrawn.class))
                .singleElement()
                .satisfies(withdrawn -> {
                    assertThat(withdrawn.rendition()).isEqualTo("source");
                    assertThat(withdrawn.generation()).isEqualTo(1);
                    assertThat(withdrawn.reason()).contains("again");
                });
        assertThat(withdrawn()).containsExactly("source/1");
    }

    @Test
    void whatTheLaterPlanGaveUpIsNoReasonToKeepTheEarlierOne() throws SQLException {
        rows.planned(2, 3)
                .rendition("source", 1, 1, 1080)
                .rendition("720p", 1, 1, 720)
                .rendition("source", 2, 2, 1080)
                .rendition("720p", 2, 2, 720);
        rows.execute(
                "update rendition set withdrawn = true"
                        + " where session_id = ? and name = 'source' and generation = 2");

        advance();

        assertThat(withdrawn()).containsExactly("source/1", "source/2");
    }

    @Test
    void aPlanWithoutRenditionsTakesNothingAway() throws SQLException {
        rows.planned(2, 3).rendition("720p", 1, 1, 720).rendered("720p", 1, 1);
        rows.execute(
                "update session_plan set state = 'failed', failure_code = 'c',"
                        + " failure_message = 'm' where session_id = ?");

        advance();

        assertThat(withdrawn()).isEmpty();
        assertThat(generation()).contains(1);
        assertThat(parts(1)).containsExactly("720p/1");
    }

    @Test
    void filesAreMadeOfThePublishedPlanOnly() throws SQLException {
        rows.planned(2, 3)
                .rendition("720p", 1, 1, 720)
                .rendered("720p", 1, 1)
                .rendition("480p", 1, 2, 480)
                .rendered("480p", 1, 2);
        assertThat(generation()).as("of the first plan").contains(1);
        assertThat(parts(1)).containsExactly("720p/1");

        advance();

        assertThat(parts(1)).as("of the second plan").containsExactly("480p/1");
        assertThat(parts(7)).as("of the newest there is").containsExactly("480p/1");
    }

    @Test
    void aPlanUnderWayIsOfNoConcernToFiles() throws SQLException {
        rows.planned(2, 3)
                .rendition("720p", 1, 1, 720)
                .rendered("720p", 1, 1)
                .rendition("720p", 2, 2, 720)
                .rendered("720p", 2, 2);
        rows.execute("update session_plan set state = 'planning' where session_id = ?");

        assertThat(generation()).contains(1);
        advance();
        assertThat(generation()).contains(1);
        assertThat(parts(2)).containsExactly("720p/1");

        rows.execute("update session_plan set state = 'planned' where session_id = ?");
        advance();
        assertThat(generation()).contains(2);
        assertThat(parts(1)).containsExactly("720p/2");
    }

    @Test
    void anExportAskedForJustBeforeATakeoverIsMadeOfWhatTookOver() throws SQLException {
        rows.planned(2, 3)
                .rendition("720p", 1, 1, 720)
                .rendered("720p", 1, 1)
                .rendition("720p", 2, 2, 720)
                .rendered("720p", 2, 2);
        rows.execute("update session_plan set state = 'planning' where session_id = ?");
        String id = ExportTaskId.of(session, Task.MP4, 1);

        tasks.obey(new TranscodeCommand.Export(session, id, Instant.now(), Task.MP4, 1));
        world.await(session, TaskChanged.class, task -> task.state() == TaskState.QUEUED);
        assertThat(files.start(id)).as("the second plan is under way").isEmpty();
        rows.execute("update session_plan set state = 'planned' where session_id = ?");
        advance();

        Task started = files.start(id).orElseThrow();
        assertThat(files.parts(started))
                .extracting(RenderedPart::objectKey)
                .containsExactly("720p/2");
    }

    @Test
    void anExportOfWhatNeverWasIsRefused() throws SQLException {
        rows.planned(1, 3).rendition("720p", 1, 1, 720).rendered("720p", 1, 1);
        String id = ExportTaskId.of(session, Task.MP4, 9);

        tasks.obey(new TranscodeCommand.Export(session, id, Instant.now(), Task.MP4, 9));

        TaskChanged refused = world.await(session, TaskChanged.class, task -> true);
        assertThat(refused.state()).isEqualTo(TaskState.FAILED);
        assertThat(refused.error()).contains("anew");
    }

    @Test
    void anOrderIsNotWholeBeforeAllOfItHasItsSegments() throws SQLException {
        rows.planned(1, 3)
                .rendition("720p", 1, 1, 720)
                .rendered("720p", 1, 1)
                .rendition("720p", 2, 1, 720)
                .rendered("720p", 2, 1);
        rows.execute(
                "update rendition set task_id = 't', window_count = 3, fed_windows = 1,"
                        + " open_windows = 0 where session_id = ? and generation = 2");
        assertThat(generation()).contains(1);

        rows.execute(
                "update rendition set fed_windows = 3 where session_id = ? and generation = 2");

        assertThat(generation()).contains(2);
        assertThat(parts(1)).as("that is still there").containsExactly("720p/1");
    }

    private void advance() {
        database.transaction(all -> {
            tasks.advanced(all, session);
            return session;
        });
    }

    private Optional<Integer> generation() {
        return database.transaction(all -> JdbcTaskRows.generation(all, session));
    }

    private List<String> parts(int generation) {
        return database.transaction(all -> JdbcTaskRows.parts(all, session, generation)).stream()
                .map(RenderedPart::objectKey)
                .toList();
    }

    private List<String> withdrawn() {
        return database.transaction(all ->
                all.query(
                        row -> row.text("name") + "/" + row.integer("generation"),
                        """
                        select name, generation from rendition
                        where session_id = ? and withdrawn order by name, generation
                        """,
                        session));
    }
}
