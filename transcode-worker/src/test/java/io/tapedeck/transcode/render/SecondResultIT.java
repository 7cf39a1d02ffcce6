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
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private final WindowId id = new WindowId(session, 1, Cut.GRID, 2);
    private Queue queue = Queue.LIVE;

    @Test
    void theFirstResultCountsAndTheSecondOneIsTold() throws SQLException {
        makeDueAgain();
        Claim one = claim().orElseThrow();
        Claim two = claim().orElseThrow();

        assertThat(segments.rendered(one, made(one, '1'))).isEmpty();
        assertThat(segments.rendered(one, made(one, '1'))).isEmpty();
        assertThat(segments.rendered(two, made(two, '2')))
                .extracting(MadeSegment::objectKey)
                .containsExactly("key-2");
        segments.failed(two, RenderFailure.once("late"));

        assertThat(claim()).isEmpty();
        Awaitility.await().until(() -> ready("key-1") == 1);
        assertThat(ready("key-2")).isZero();
        assertThat(world.events(session, WindowFailed.class)).isEmpty();
        assertThat(dueSegments()).isZero();
    }

    @Test
    void aFailureThatCanBeRepeatedIsAGapAfterTheLastTry() throws SQLException {
        makeDueAgain();
        Claim claim = claim().orElseThrow();

        segments.failed(claim, RenderFailure.once("ffmpeg ended with status 139"));

        Awaitility.await().until(() -> !world.events(session, WindowFailed.class).isEmpty());
        assertThat(world.events(session, WindowFailed.class).getFirst().reason()).contains("139");
        assertThat(segments.rendered(claim, made(claim, '1'))).hasSize(1);
        assertThat(dueSegments()).isZero();
    }

    @Test
    void anAttemptThatANeighbourSpoiltDoesNotCount() throws SQLException {
        makeDueAgain();
        int first = claim().orElseThrow().attempts();

        segments.givenBack(claim().orElseThrow());

        assertThat(claim().orElseThrow().attempts()).isEqualTo(first + 1);
    }

    @Test
    void anotherJobLeavesAloneWhatIsTaken() throws SQLException {
        makeDueAgain(1, 2);
        var first = new WindowId(session, 1, Cut.GRID, 1);
        Claim both = segments.claim(first, queue, 5).orElseThrow();

        assertThat(both.windows()).extracting(Window::index).containsExactly(1L, 2L);
        assertThat(claim()).isEmpty();
        segments.givenBack(both);

        assertThat(segments.claim(first, queue, 5)).isPresent();
    }

    @Test
    void aWindowThatFailedIsRenderedAlone() throws SQLException {
        makeDueAgain(1, 2);
        var first = new WindowId(session, 1, Cut.GRID, 1);
        segments.failed(
                segments.claim(first, queue, 5).orElseThrow(), RenderFailure.retryable("bad"));

        Claim alone = segments.claim(first, queue, 5).orElseThrow();

        assertThat(alone.windows()).hasSize(1);
        assertThat(alone.more()).isTrue();
        assertThat(segments.rendered(alone, made(alone, '1'))).isEmpty();
        assertThat(segments.claim(first, queue, 5).orElseThrow().windows())
                .extracting(Window::index)
                .containsExactly(2L);
    }

    @Test
    void aWindowIsTriedAgainInItsQueue() throws SQLException {
        makeDueAgain();
        long before = tries(queue);

        segments.failed(
                claim().orElseThrow(), RenderFailure.retryable("ffmpeg ended with status 139"));

        Awaitility.await().until(() -> tries(queue) == before + 1);
    }

    @Test
    void aWindowWhoseRowsMakeNoSenseIsAGapAfterTheLastTry() throws Exception {
        makeDueAgain();
        execute(
                "update planned_window set to_bytes = to_bytes + 1000000000"
                        + " where session_id = ? and window_index = 2");

        renderer.get().render(id.job(), queue, Cancellation.never());

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

        renderer.get().render(id.job(), queue, Cancellation.never());

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

    private Optional<Claim> claim() {
        return segments.claim(id, queue, 1);
    }

    private static List<MadeSegment> made(Claim claim, char digit) {
        return List.of(
                new MadeSegment(
                        claim.segments().getFirst(),
                        claim.windows().getFirst(),
                        segment(digit),
                        "key-" + digit));
    }

    private void makeDueAgain() throws SQLException {
        makeDueAgain(2);
    }

    /// Renders a session and makes windows due that no job and no reconciler knows of.
    private void makeDueAgain(Integer... windows) throws SQLException {
        ingest.say(ingest.record(session, Corpus.chunks(RECORDING)));
        world.whole(session);
        for (int window : windows) {
            execute(
                    """
                    update segment set state = 'due', object_key = null, digest = null,
                        size_bytes = null, codecs = null, frames = null, settled_at = null,
                        attempts = 0, next_emit_at = now() + interval '1 day'
                    where session_id = ? and window_index = %d
                    """
                            .formatted(window));
        }
        execute(
                "update session_plan set due_segments = %d where session_id = ?"
                        .formatted(windows.length));
        queue = queueOf(2);
    }

    private Queue queueOf(long window) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "select queue from segment where session_id = ?"
                                        + " and window_index = ?")) {
            statement.setString(1, session);
            statement.setLong(2, window);
            try (var found = statement.executeQuery()) {
                found.next();
                return Queue.valueOf(found.getString(1).toUpperCase(Locale.ROOT));
            }
        }
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
                        60,
                        OptionalLong.of(0),
                        OptionalLong.of(177_000),
                        94,
                        OptionalLong.of(0),
                        "avc1.64001f,mp4a.40.2");
        return new RenderedSegment(new byte[] {0x47}, contents, String.valueOf(digit).repeat(64));
    }
}
