package io.tapedeck.transcode.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.Corpus;
import io.tapedeck.transcode.Ingest;
import io.tapedeck.transcode.Rows;
import io.tapedeck.transcode.World;
import io.tapedeck.transcode.contract.TranscodeEvent.Planned;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionWithdrawn;
import io.tapedeck.transcode.contract.TranscodeEvent.WindowFailed;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.story.Queue;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever waits for the pictures as they came waits for a rung when those are given up.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(WithdrawnSourceIT.CopiedInPeace.class)
class WithdrawnSourceIT {

    public static final class CopiedInPeace implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            var overrides = new HashMap<>(new Rows.InPeace().getConfigOverrides());
            overrides.put("tapedeck.worker.passthrough", "true");
            return overrides;
        }
    }

    private static final String FRONT =
            "select count(*) from segment where session_id = ? and queue = 'front' and cut = 'grid'";

    private static final String OFFERED =
            "select count(*) from rendition where session_id = ? and not withdrawn";

    @Inject Ingest ingest;
    @Inject World world;
    @Inject DataSource source;
    @Inject JdbcSegmentRepository segments;

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
    void theBeginningOfAFileIsHurriedWhenItsPicturesCannotBeDecoded() throws SQLException {
        ladder();
        rows.execute(
                "update session_plan set live = false, opened_at = now() where session_id = ?");

        fail();

        assertThat(rows.number(FRONT)).isEqualTo(5);
        assertThat(rows.number(FRONT + " and rendition = '480p' and window_index < 5"))
                .isEqualTo(5);
        Awaitility.await().until(() -> jobs().size() >= 5);
        assertThat(jobs()).containsExactlyElementsOf(firstFive());
    }

    @Test
    void whereThereIsNothingElseAWindowThatCannotBeDecodedIsAGap() throws SQLException {
        ladder();
        rows.execute("update rendition set withdrawn = cut = 'grid' where session_id = ?");

        fail();

        world.await(session, WindowFailed.class, one -> one.window() == 50);
        assertThat(rows.number(OFFERED)).isEqualTo(1);
        assertThat(
                        rows.number(
                                "select count(*) from segment where session_id = ? and cut = 'source'"))
                .isEqualTo(100);
    }

    @Test
    void ofALiveSessionNothingIs() throws SQLException {
        ladder();
        rows.execute("update session_plan set live = true, opened_at = now() where session_id = ?");

        fail();

        assertThat(rows.number(FRONT)).isZero();
    }

    @Test
    void theBeginningOfAFileIsHurriedWhenItGoesOnInAnotherWay() throws SQLException {
        List<byte[]> first = Corpus.chunks("chr-webm-h264-480-t1000-kc60");
        ingest.say(new SessionEvent.Opened(session, 1, Instant.now(), "", "video/webm", false));
        for (int i = 0; i < first.size(); i++) {
            ingest.say(ingest.store(session, i, 0, first.get(i)));
        }
        world.await(session, Planned.class, one -> one.durationTicks() > 12 * 90_000);
        assertThat(rows.number(FRONT)).isZero();

        byte[] other = Corpus.chunks("chr-webm-vp8-480-t1000").getFirst();
        ingest.say(ingest.store(session, first.size(), 1, other));

        world.await(session, RenditionWithdrawn.class, one -> one.rendition().equals("source"));
        assertThat(rows.number(FRONT)).isEqualTo(5);
        assertThat(rows.number(FRONT + " and rendition = '480p' and window_index < 5"))
                .isEqualTo(5);
        Awaitility.await().until(() -> jobs().containsAll(firstFive()));
    }

    private void ladder() throws SQLException {
        rows.planned(1, 100).rendition("source", 1, 1, 720);
        rows.rendition("720p", 1, 1, 720).rendition("480p", 1, 1, 480).rendition("240p", 1, 1, 240);
        rows.due("source", 1).due("720p", 1).due("480p", 1).due("240p", 1);
    }

    private void fail() {
        var window = new WindowId(session, 1, Cut.SOURCE, 50);
        Claim claim = segments.claim(window, Queue.BACKLOG, 1).orElseThrow();
        segments.failed(claim, new RenderFailure("It cannot be decoded.", false, true));
    }

    private List<TranscodeJob> firstFive() {
        return LongStream.range(0, 5)
                .<TranscodeJob>mapToObj(n -> new TranscodeJob.Render(session, 1, "grid", n))
                .toList();
    }

    private List<TranscodeJob> jobs() {
        return world.jobs(Queue.FRONT).stream()
                .filter(job -> job.sessionId().equals(session))
                .toList();
    }
}
