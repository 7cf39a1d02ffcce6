package io.tapedeck.transcode.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.Ingest;
import io.tapedeck.transcode.Rows;
import io.tapedeck.transcode.World;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionWithdrawn;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.story.Queue;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What it does to rows and queues that somebody waits for a window, or does not want to wait for
/// the rest.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(Rows.InPeace.class)
class WantIT {

    private static final String FRONT =
            "select count(*) from segment where session_id = ? and queue = 'front'";
    private static final String DUE = "select due_segments from session_plan where session_id = ?";

    @Inject Ingest ingest;
    @Inject World world;
    @Inject DataSource source;
    @Inject JdbcSessionTasks tasks;

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
    void aWindowAndThoseBehindItLeaveTheBacklogOnceInTheOneRendition() throws SQLException {
        rows.planned(1, 100).rendition("720p", 1, 1, 720).rendition("480p", 1, 1, 480);
        rows.due("720p", 1).due("480p", 1);

        ingest.command(want(90));
        ingest.command(want(90));
        ingest.command(want(91));

        Awaitility.await().until(() -> rows.number(FRONT) == 5);
        assertThat(
                        rows.number(
                                FRONT
                                        + " and rendition = '480p' and window_index between 90 and 94"))
                .isEqualTo(5);
        Awaitility.await().until(() -> jobs().size() >= 5);
        assertThat(jobs()).containsExactly(job(90), job(91), job(92), job(93), job(94));
    }

    @Test
    void whatIsMadeOrBeingMadeStaysAsItIs() throws SQLException {
        rows.planned(1, 4).rendition("480p", 1, 1, 480).due("480p", 1);
        rows.execute(
                """
                update segment set claimed_lead = 0, claimed_until = now() + interval '1 minute'
                where session_id = ? and window_index = 1
                """);
        rows.execute(
                """
                update segment set state = 'failed', reason = 'r', settled_at = now()
                where session_id = ? and window_index = 2
                """);

        tasks.obey(want(0));

        assertThat(rows.number(FRONT)).isEqualTo(2);
        assertThat(rows.number(FRONT + " and window_index in (0, 3)")).isEqualTo(2);
    }

    @Test
    void whatNobodyKnowsIsNotWanted() throws SQLException {
        rows.planned(1, 4).rendition("480p", 1, 1, 480).due("480p", 1);

        tasks.obey(new TranscodeCommand.Want(session, Instant.now(), "480p", 2, 0));
        tasks.obey(new TranscodeCommand.Want(session, Instant.now(), "480p", 1, 4_000_000));
        tasks.obey(new TranscodeCommand.Want("no-session", Instant.now(), "480p", 1, 0));

        assertThat(rows.number(FRONT)).isZero();
    }

    @Test
    void ofALadderThatNobodyWantsToWaitForTheWatchedRungIsLeft() throws SQLException {
        rows.planned(1, 4).rendition("720p", 1, 1, 720).rendition("480p", 1, 1, 480);
        rows.rendition("240p", 1, 1, 240).due("720p", 1).due("480p", 1).due("240p", 1);

        cancel();
        cancel();

        Awaitility.await().until(() -> world.events(session, RenditionWithdrawn.class).size() == 2);
        assertThat(world.events(session, RenditionWithdrawn.class))
                .extracting(RenditionWithdrawn::rendition)
                .containsExactlyInAnyOrder("720p", "240p");
        assertThat(rows.number(DUE)).isEqualTo(4);
    }

    @Test
    void withThePicturesAsTheyCameASessionIsDoneAtOnce() throws SQLException {
        rows.planned(1, 4).rendition("720p", 1, 1, 720).rendition("source", 1, 1, 720);
        rows.due("720p", 1);

        cancel();

        assertThat(rows.number(DUE)).isZero();
        Awaitility.await().until(() -> world.events(session, RenditionWithdrawn.class).size() == 1);
    }

    @Test
    void whileItIsPlannedThePicturesAsTheyCameMayStillBeGivenUp() throws SQLException {
        rows.planned(1, 4).rendition("720p", 1, 1, 720).rendition("source", 1, 1, 720);
        rows.rendition("480p", 1, 1, 480).due("720p", 1).due("480p", 1);
        rows.execute("update session_plan set state = 'planning' where session_id = ?");

        cancel();

        Awaitility.await().until(() -> world.events(session, RenditionWithdrawn.class).size() == 1);
        assertThat(world.events(session, RenditionWithdrawn.class))
                .singleElement()
                .extracting(RenditionWithdrawn::rendition)
                .isEqualTo("720p");

        rows.execute("update session_plan set state = 'planned' where session_id = ?");
        cancel();

        Awaitility.await().until(() -> world.events(session, RenditionWithdrawn.class).size() == 2);
        assertThat(rows.number(DUE)).isZero();
    }

    @Test
    void whatIsWholeStays() throws SQLException {
        rows.planned(1, 4).rendition("720p", 1, 1, 720).rendition("480p", 1, 1, 480);

        cancel();

        assertThat(rows.number("select count(*) from rendition where session_id = ? and withdrawn"))
                .isZero();
    }

    @Test
    void aRepairThatNobodySeesYetIsNotCutShort() throws SQLException {
        rows.planned(2, 4).rendition("720p", 1, 1, 720);
        rows.rendition("720p", 2, 2, 720).rendition("480p", 1, 2, 480).due("480p", 1);
        rows.execute("update segment set plan = 2 where session_id = ?");

        cancel();

        assertThat(rows.number(DUE)).isEqualTo(4);
    }

    private TranscodeCommand want(long window) {
        return new TranscodeCommand.Want(session, Instant.now(), "480p", 1, window);
    }

    private void cancel() {
        tasks.obey(new TranscodeCommand.CancelProcessing(session, Instant.now()));
    }

    private TranscodeJob job(long window) {
        return new TranscodeJob.Render(session, 1, "grid", window);
    }

    private List<TranscodeJob> jobs() {
        return world.jobs(Queue.FRONT).stream()
                .filter(job -> job.sessionId().equals(session))
                .toList();
    }
}
