package io.tapedeck.transcode.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.segment.RenderedSegment;
import io.tapedeck.ffmpeg.segment.SegmentContents;
import io.tapedeck.ingest.contract.ChunkKeys;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.Corpus;
import io.tapedeck.transcode.Ingest;
import io.tapedeck.transcode.World;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import io.tapedeck.transcode.contract.TranscodeEvent.WindowFailed;
import io.tapedeck.transcode.story.Queue;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Two workers at the same window: whoever is first counts.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class SecondResultIT {

    private static final String RECORDING = "chr-webm-vp8-480-t250";

    @Inject Ingest ingest;
    @Inject World world;
    @Inject ObjectStore objects;
    @Inject DataSource database;
    @Inject JdbcSegmentRepository segments;
    @Inject Instance<Renderer> renderer;

    private final String session = UUID.randomUUID().toString();
    private final SegmentId id = new SegmentId(session, "480p", 1, 2);

    @Test
    void theFirstResultCountsAndTheSecondOneIsTold() throws SQLException {
        makeDueAgain();
        ClaimedSegment one = segments.claim(id).orElseThrow();
        ClaimedSegment two = segments.claim(id).orElseThrow();

        assertThat(segments.rendered(one, segment('1'), "key-one")).contains("key-one");
        assertThat(segments.rendered(two, segment('2'), "key-two")).contains("key-one");
        segments.failed(id, "late", false);

        assertThat(segments.claim(id)).isEmpty();
        Awaitility.await().until(() -> ready("key-one") == 1);
        assertThat(ready("key-two")).isZero();
        assertThat(world.events(session, WindowFailed.class)).isEmpty();
        assertThat(dueSegments()).isZero();
    }

    @Test
    void aFailureThatCanBeRepeatedIsAGapAfterTheLastTry() throws SQLException {
        makeDueAgain();
        ClaimedSegment claim = segments.claim(id).orElseThrow();

        segments.failed(id, "ffmpeg ended with status 139", false);

        Awaitility.await().until(() -> !world.events(session, WindowFailed.class).isEmpty());
        assertThat(world.events(session, WindowFailed.class).getFirst().reason()).contains("139");
        assertThat(segments.rendered(claim, segment('1'), "too-late")).isEmpty();
        assertThat(dueSegments()).isZero();
    }

    @Test
    void anAttemptThatANeighbourSpoiltDoesNotCount() throws SQLException {
        makeDueAgain();
        int first = segments.claim(id).orElseThrow().attempts();

        segments.givenBack(segments.claim(id).orElseThrow());

        assertThat(segments.claim(id).orElseThrow().attempts()).isEqualTo(first + 1);
    }

    @Test
    void aWindowOfAFinishedSessionIsTriedAgainBehindTheLiveOnes() throws SQLException {
        makeDueAgain();
        long live = tries(Queue.LIVE);
        long backlog = tries(Queue.BACKLOG);

        segments.failed(id, "ffmpeg ended with status 139", true);

        Awaitility.await().until(() -> tries(Queue.BACKLOG) == backlog + 1);
        assertThat(tries(Queue.LIVE)).isEqualTo(live);
    }

    @Test
    void aWindowWhoseRowsMakeNoSenseIsAGapAfterTheLastTry() throws Exception {
        makeDueAgain();
        execute(
                "update planned_window set to_bytes = to_bytes + 1000000000"
                        + " where session_id = ? and window_index = 2");

        renderer.get().render(id.job(), Cancellation.never());

        WindowFailed failed = world.await(session, WindowFailed.class, event -> true);
        assertThat(failed.window()).isEqualTo(2);
        assertThat(failed.startTicks()).isEqualTo(2 * 180_000);
        assertThat(dueSegments()).isZero();
    }

    @Test
    void aWindowWhoseChunksAreLostIsAGapAfterTheLastTry() throws Exception {
        makeDueAgain();
        try (Stream<ObjectInfo> chunks = objects.list(ChunkKeys.session(session))) {
            objects.delete(chunks.map(ObjectInfo::key).toList());
        }

        renderer.get().render(id.job(), Cancellation.never());

        WindowFailed failed = world.await(session, WindowFailed.class, event -> true);
        assertThat(failed.reason()).contains("lost");
        assertThat(dueSegments()).isZero();
    }

    private long tries(Queue queue) {
        return world.jobs(queue).stream().filter(id.job()::equals).count();
    }

    private long ready(String key) {
        return world.events(session, SegmentReady.class).stream()
                .filter(ready -> ready.objectKey().equals(key))
                .count();
    }

    /// Renders a session and makes one window due that no job and no reconciler knows of.
    private void makeDueAgain() throws SQLException {
        ingest.say(ingest.record(session, Corpus.chunks(RECORDING)));
        world.whole(session);
        execute(
                """
                update segment set state = 'due', object_key = null, digest = null,
                    size_bytes = null, codecs = null, frames = null, settled_at = null,
                    next_emit_at = now() + interval '1 day'
                where session_id = ? and window_index = 2
                """);
        execute("update session_plan set due_segments = 1 where session_id = ?");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, session);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private long dueSegments() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "select due_segments from session_plan where session_id = ?")) {
            statement.setString(1, session);
            try (var found = statement.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }

    private static RenderedSegment segment(char digit) {
        var contents =
                new SegmentContents(
                        60,
                        60,
                        OptionalLong.of(0),
                        OptionalLong.of(177_000),
                        94,
                        OptionalLong.of(0),
                        "avc1.64001f,mp4a.40.2");
        return new RenderedSegment(new byte[] {0x47}, contents, String.valueOf(digit).repeat(64));
    }
}
