package io.tapedeck.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What goes wrong outside, and what the worker makes of it.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class TroubleIT {

    private static final String RECORDING = "chr-webm-h264-720-t2000-kf2000";

    @Inject Ingest ingest;
    @Inject World world;
    @Inject ObjectStore objects;
    @Inject DataSource database;

    @Test
    void garbageFailsAloneAndSaysWhy() {
        byte[] garbage = new byte[50_000];
        new Random(3).nextBytes(garbage);
        String bad = UUID.randomUUID().toString();
        String good = UUID.randomUUID().toString();

        List<SessionEvent> badFacts = ingest.record(bad, List.of(garbage, garbage));
        List<SessionEvent> goodFacts = ingest.record(good, Corpus.chunks(RECORDING));
        ingest.say(badFacts);
        ingest.say(goodFacts);

        var failed = world.await(bad, TranscodeEvent.Failed.class, event -> true);
        assertThat(failed.code()).isEqualTo("not-a-recording");
        assertThat(failed.message()).isNotBlank();
        assertThat(world.whole(good)).hasSizeBetween(10, 11);
        assertThat(world.rendered(bad)).isEmpty();
    }

    @Test
    void anMp4ThatIsNotFragmentedIsToldApart() {
        byte[] mp4 =
                ("\0\0\0\030ftypisom\0\0\002\0isommp42" + "\0\0\0\010mdat".repeat(40))
                        .getBytes(StandardCharsets.ISO_8859_1);
        String session = UUID.randomUUID().toString();

        ingest.say(ingest.record(session, List.of(mp4)));

        var failed = world.await(session, TranscodeEvent.Failed.class, event -> true);
        assertThat(failed.code()).isEqualTo("unsupported-media");
    }

    @Test
    void whatCannotBeDecodedFromSomewhereOnIsAGapAndTheRestIsKept() {
        String session = UUID.randomUUID().toString();

        ingest.say(ingest.record(session, Corpus.chunks("chr-mp4-avc1-resize-t1000")));

        Awaitility.await()
                .atMost(World.PATIENCE)
                .until(() ->
                        world.events(session, TranscodeEvent.SegmentReady.class).size()
                                        + world.events(session, TranscodeEvent.WindowFailed.class)
                                                .size()
                                == 11);
        assertThat(world.rendered(session))
                .extracting(World.Rendered::window)
                .containsExactly(0L, 1L, 2L, 3L);
        assertThat(world.events(session, TranscodeEvent.WindowFailed.class))
                .extracting(TranscodeEvent.WindowFailed::reason)
                .allMatch(reason -> reason.contains("can be decoded"));
    }

    @Test
    void anEmptyRecordingIsNothingRecorded() {
        String session = UUID.randomUUID().toString();

        ingest.say(ingest.record(session, List.of(new byte[0], new byte[] {0x1a})));

        var failed = world.await(session, TranscodeEvent.Failed.class, event -> true);
        assertThat(failed.code()).isEqualTo("nothing-recorded");
    }

    @Test
    void aTruncatedRecordingKeepsWhatCame() {
        List<byte[]> chunks = Corpus.chunks(RECORDING);
        byte[] half = Arrays.copyOf(chunks.get(3), chunks.get(3).length / 2);
        String session = UUID.randomUUID().toString();

        ingest.say(
                ingest.record(session, List.of(chunks.get(0), chunks.get(1), chunks.get(2), half)));

        assertThat(world.whole(session)).hasSizeBetween(3, 4);
    }

    @Test
    void aMissingChunkIsListedAndTheRestIsRendered() {
        List<byte[]> chunks = Corpus.chunks(RECORDING);
        String session = UUID.randomUUID().toString();
        var facts = new ArrayList<>(ingest.record(session, chunks));
        facts.removeIf(fact ->
                fact instanceof SessionEvent.ChunkStored chunk && chunk.index() == 6
                        || fact instanceof SessionEvent.Completed);
        ingest.say(facts);
        ingest.say(ingest.completed(session, chunks.size(), List.of(new IndexRange(6, 6))));

        assertGoesOnBehindHole(session, "never arrived", "chunk 6");
    }

    private void assertGoesOnBehindHole(String session, String... words) {
        List<World.Rendered> windows = world.whole(session);
        assertThat(windows).hasSizeBetween(8, 11);
        assertThat(windows).extracting(World.Rendered::run).containsOnly(0, 1).isSorted();
        TranscodeEvent.Gap hole =
                world.last(session, TranscodeEvent.Planned.class).orElseThrow().gaps().getFirst();
        assertThat(hole.reason()).contains(words);
        assertThat(hole.durationTicks()).isBetween(Ticks.PER_SECOND, 3 * Ticks.PER_SECOND);
    }

    @Test
    void aChunkThatTheStoreHasLostIsListedAndTheRestIsRendered() throws IOException {
        String session = UUID.randomUUID().toString();
        List<SessionEvent> facts = ingest.record(session, Corpus.chunks(RECORDING));
        objects.delete(List.of(((SessionEvent.ChunkStored) facts.get(7)).objectKey()));
        ingest.say(facts);

        assertGoesOnBehindHole(session, "lost", "chunk 6");
    }

    @Test
    void aJobThatComesAgainChangesNothing() throws IOException {
        String session = UUID.randomUUID().toString();
        ingest.say(ingest.record(session, Corpus.chunks(RECORDING)));
        world.whole(session);
        int told = world.events(session, TranscodeEvent.SegmentReady.class).size();
        List<String> before = segments(session);

        var job = new TranscodeJob.Render(session, 1, "grid", 0);
        ingest.send(TranscodeTopics.LIVE_JOBS, session, job);
        ingest.send(TranscodeTopics.BACKLOG_JOBS, session, job);
        awaitNextJob();

        assertThat(world.events(session, TranscodeEvent.SegmentReady.class)).hasSize(told);
        assertThat(segments(session)).isEqualTo(before);
    }

    /// Jobs of a queue are taken in order, so what was sent before this session is through with.
    private void awaitNextJob() {
        String session = UUID.randomUUID().toString();
        ingest.say(ingest.record(session, Corpus.chunks(RECORDING).subList(0, 3)));
        world.whole(session);
    }

    @Test
    void aLostJobIsSentAgain() throws SQLException {
        String session = UUID.randomUUID().toString();
        ingest.say(ingest.record(session, Corpus.chunks(RECORDING)));
        int windows = world.whole(session).size();
        int told = world.events(session, TranscodeEvent.SegmentReady.class).size();
        assertThat(told).isEqualTo(windows);
        assertThat(patienceSeconds(session)).isLessThan(6);

        execute(
                """
                update segment set state = 'due', object_key = null, digest = null,
                    size_bytes = null, codecs = null, frames = null, settled_at = null,
                    next_emit_at = now() where session_id = ? and window_index = 1
                """,
                session);
        execute("update session_plan set due_segments = 1 where session_id = ?", session);

        Awaitility.await()
                .atMost(World.PATIENCE)
                .until(() ->
                        world.events(session, TranscodeEvent.SegmentReady.class).size()
                                == told + 1);
        assertThat(world.rendered(session)).hasSize(windows);
    }

    @Test
    void chunksWhosePlannerDiedArePlannedByAnother() throws SQLException {
        String session = UUID.randomUUID().toString();
        List<SessionEvent> facts = ingest.record(session, Corpus.chunks(RECORDING));
        // Rows as a worker leaves them that dies right after it has taken the facts.
        execute("insert into session_plan (session_id) values (?)", session);
        for (SessionEvent fact : facts) {
            if (fact instanceof SessionEvent.ChunkStored chunk) {
                insert(chunk);
            }
        }
        execute(
                "update session_plan set chunk_count = %d where session_id = ?"
                        .formatted(facts.size() - 2),
                session);

        assertThat(world.whole(session)).hasSizeBetween(10, 11);
    }

    @Test
    void aRemovedSessionLeavesNothingBehind() throws IOException {
        String session = UUID.randomUUID().toString();
        List<SessionEvent> facts = ingest.record(session, Corpus.chunks(RECORDING));
        ingest.say(facts);
        world.whole(session);
        world.await(session, TranscodeEvent.TaskChanged.class, task -> task.state().isFinal());
        // What is still being made is swept minutes later.
        world.await(session, TranscodeEvent.Previewed.class, made -> made.storyboard() != null);
        assertThat(objects(session)).isNotEmpty();

        ingest.say(new SessionEvent.Removed(session, 1000, Instant.now()));
        ingest.say(facts);

        Awaitility.await()
                .atMost(World.PATIENCE)
                .until(() -> objects(session).isEmpty() && rows(session) == 0);
    }

    private List<String> segments(String session) throws IOException {
        return objects(session).stream().filter(key -> key.endsWith(".ts")).toList();
    }

    private List<String> objects(String session) throws IOException {
        try (Stream<ObjectInfo> found = objects.list(SegmentKeys.session(session))) {
            return found.map(ObjectInfo::key).sorted().toList();
        }
    }

    private long rows(String session) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                select (select count(*) from chunk where session_id = s)
                                    + (select count(*) from planned_window where session_id = s)
                                    + (select count(*) from segment where session_id = s)
                                    + (select count(*) from task where session_id = s)
                                from (select ?::text as s) as wanted
                                """)) {
            statement.setString(1, session);
            try (var found = statement.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }

    /// How soon a second job would have followed the first one, the shortest of all windows.
    private double patienceSeconds(String session) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                select extract(epoch from min(next_emit_at - due_at))
                                from segment where session_id = ? and emissions = 1
                                """)) {
            statement.setString(1, session);
            try (var found = statement.executeQuery()) {
                found.next();
                return found.getDouble(1);
            }
        }
    }

    private void execute(String sql, String session) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, session);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private void insert(SessionEvent.ChunkStored chunk) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                insert into chunk (session_id, chunk_index, run, object_key,
                                    size_bytes, sha256, stored_at) values (?, ?, ?, ?, ?, ?, now())
                                """)) {
            statement.setString(1, chunk.sessionId());
            statement.setLong(2, chunk.index());
            statement.setInt(3, chunk.run());
            statement.setString(4, chunk.objectKey());
            statement.setLong(5, chunk.sizeBytes());
            statement.setString(6, chunk.sha256());
            statement.executeUpdate();
        }
    }
}
