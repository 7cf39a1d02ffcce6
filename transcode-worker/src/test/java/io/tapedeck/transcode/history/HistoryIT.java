package io.tapedeck.transcode.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.Corpus;
import io.tapedeck.transcode.Ingest;
import io.tapedeck.transcode.Rows;
import io.tapedeck.transcode.World;
import io.tapedeck.transcode.contract.CheckResult;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.Checked;
import io.tapedeck.transcode.contract.TranscodeEvent.HistoryForgotten;
import io.tapedeck.transcode.contract.TranscodeEvent.HistoryMoved;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionEnded;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionPlanned;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A camera that comes and goes, with a short history, through the whole worker.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(HistoryIT.Short.class)
class HistoryIT {

    private static final int SEGMENT_SECONDS = 1;
    private static final int HISTORY_SECONDS = 6;
    private static final int RUN_SECONDS = 12;
    private static final long SECOND = 90_000;
    private static final List<byte[]> RUN =
            Corpus.chunks("chr-webm-vp8-480-t1000").subList(0, RUN_SECONDS);

    @Inject Ingest ingest;
    @Inject World world;
    @Inject DataSource database;
    @Inject ObjectStore objects;
    @Inject JdbcDroppedRepository dropped;
    @Inject JdbcHistoryRepository history;

    private final String session = UUID.randomUUID().toString();
    private long nextChunk;
    private int nextRun;

    /// One rendition, and little patience.
    public static final class Short implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tapedeck.worker.ladder", "240",
                    "tapedeck.worker.history.margin", "1s");
        }
    }

    @Test
    void aCamerasRowsAndObjectsStayFlatAndItsPlaylistsLegal() throws Exception {
        open();
        var windows = new ArrayList<Long>();
        var segments = new ArrayList<Long>();
        for (int run = 0; run < 3; run++) {
            come();
            awaitForgotten(run + 1);
            windows.add(count("planned_window"));
            segments.add(stored().size() * 1L);
        }

        // The history, what may still be asked for, and a run that is just coming.
        assertThat(windows).allMatch(count -> count <= 2 * (HISTORY_SECONDS + RUN_SECONDS) + 3);
        assertThat(segments).allMatch(count -> count <= 2 * (HISTORY_SECONDS + RUN_SECONDS) + 3);
        assertLegal();
        assertThat(world.events(session, RenditionPlanned.class))
                .allMatch(one -> one.targetDurationSeconds() == SEGMENT_SECONDS);
        awaitQuiet();
        // Three target durations are what remains when nothing comes any more.
        assertThat(count("planned_window")).isBetween(3L, 6L);
        assertThat(stored()).hasSize((int) count("segment"));
        assertThat(count("history_drop")).isZero();
    }

    @Test
    void whatIsThereWhenItIsCompletedIsAWholeRecording() throws Exception {
        open();
        come();
        come();
        awaitForgotten(1);
        ingest.say(
                new SessionEvent.Completed(
                        session, nextChunk + 2, Instant.now(), nextChunk, List.of()));

        RenditionEnded ended = world.await(session, RenditionEnded.class, one -> true);
        TaskChanged export =
                world.await(session, TaskChanged.class, task -> task.state().isFinal());
        assertThat(export.state()).isEqualTo(TaskState.SUCCEEDED);
        Checked checked =
                world.await(
                        session,
                        Checked.class,
                        one ->
                                one.checks().stream()
                                        .anyMatch(check ->
                                                check.code().equals("file")
                                                        && check.result() == CheckResult.PASSED));
        assertThat(checked.checks()).noneMatch(check -> check.result() == CheckResult.FAILED);
        assertThat(checked.missing()).isEmpty();
        HistoryMoved moved = lastMove();
        assertThat(ended.windowCount()).isGreaterThan(moved.starts().getFirst().firstWindow());
        world.await(session, TranscodeEvent.Previewed.class, one -> one.storyboard() != null);

        long moves = world.events(session, HistoryMoved.class).size();
        awaitNothingDropped();
        assertThat(world.events(session, HistoryMoved.class)).hasSize((int) moves);
        assertThat(stored()).hasSize((int) count("segment"));
    }

    @Test
    void whatIsDeletedStandsStillForItMayBeRestored() throws Exception {
        open();
        ingest.say(new SessionEvent.Hidden(session, 800, Instant.now()));
        come();
        world.await(session, SegmentReady.class, one -> one.window() >= RUN_SECONDS - 2);
        new Rows(database, session)
                .execute(
                        "update planned_window set recorded_at = recorded_at - interval '1 hour'"
                                + " where session_id = ?");
        history.slide(session);
        assertThat(history.sliding()).doesNotContain(session);
        assertThat(count("kept_window")).isGreaterThanOrEqualTo(RUN_SECONDS - 1);

        ingest.say(
                List.of(
                        new SessionEvent.Completed(
                                session, 801, Instant.now(), nextChunk, List.of()),
                        new SessionEvent.Restored(session, 802, Instant.now())));
        world.await(session, RenditionEnded.class, one -> true);
        history.slide(session);
        assertThat(count("kept_window")).isEqualTo(count("planned_window"));
        assertThat(world.events(session, HistoryMoved.class)).isEmpty();
    }

    @Test
    void chunksThatWereForgottenBeforeTheyWerePlannedAreAHole() throws Exception {
        open();
        List<SessionEvent.ChunkStored> first = run(RUN);
        ingest.say(first);
        world.await(session, SegmentReady.class, one -> one.window() >= 4);
        // Stored, but nobody heard of most of them before they were gone. What stays is told first.
        List<SessionEvent.ChunkStored> second = run(RUN);
        ingest.say(List.of(second.getFirst(), second.get(8)));
        ingest.say(
                new SessionEvent.ChunksForgotten(
                        session, 900, Instant.now(), second.get(8).index()));
        ingest.say(second.subList(9, second.size()));

        SegmentReady behind = world.await(session, SegmentReady.class, one -> one.run() >= 1);
        assertThat(behind.frames()).isPositive();
        ingest.say(
                new SessionEvent.Completed(
                        session, nextChunk + 2, Instant.now(), nextChunk, List.of()));
        world.await(session, RenditionEnded.class, one -> true);
        assertThat(count("chunk")).isEqualTo(1 + second.size() - 8);
    }

    @Test
    void aWorkerThatDiesBetweenObjectsAndRowsLeavesNothingBehind() throws Exception {
        open();
        come();
        come();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count("history_drop") > 0);
        // What a worker would have deleted when it died: the objects of rows that are still there.
        var one =
                new JdbcDroppedRepository.Dropped(
                        session,
                        io.tapedeck.timeline.Cut.GRID,
                        number(
                                "select max(first_window)"
                                        + " from history_drop where session_id = ?"),
                        false);
        List<JdbcDroppedRepository.Segment> half = dropped.segments(one);
        objects.delete(
                half.subList(0, half.size() / 2).stream()
                        .map(JdbcDroppedRepository.Segment::objectKey)
                        .toList());

        awaitQuiet();
        assertThat(stored()).hasSize((int) count("segment"));
        assertThat(number("select min(window_index) from segment where session_id = ?"))
                .isEqualTo(lastMove().starts().getFirst().firstWindow());
    }

    private void open() {
        ingest.say(
                new SessionEvent.Opened(
                        session,
                        1,
                        Instant.now(),
                        "Door",
                        "video/webm",
                        true,
                        SEGMENT_SECONDS,
                        HISTORY_SECONDS));
    }

    /// Another dozen seconds, as a run of their own.
    private void come() {
        ingest.say(run(RUN));
    }

    private List<SessionEvent.ChunkStored> run(List<byte[]> chunks) {
        var facts = new ArrayList<SessionEvent.ChunkStored>();
        for (byte[] chunk : chunks) {
            facts.add(ingest.store(session, nextChunk++, nextRun, chunk));
        }
        nextRun++;
        return facts;
    }

    private HistoryMoved lastMove() {
        return world.last(session, HistoryMoved.class).orElseThrow();
    }

    /// Until what is older than a run before the newest has gone.
    private void awaitForgotten(int runs) {
        long below = (long) runs * (RUN_SECONDS - 1) - HISTORY_SECONDS - 1;
        Awaitility.await("windows below %d of %s".formatted(below, session))
                .atMost(Duration.ofSeconds(90))
                .until(() ->
                        world.events(session, HistoryForgotten.class).stream()
                                .anyMatch(one -> one.belowWindow() >= below));
    }

    private void awaitQuiet() {
        Awaitility.await("nothing left to drop of " + session)
                .atMost(Duration.ofSeconds(90))
                .until(() -> count("history_drop") == 0 && count("planned_window") <= 6);
    }

    private void awaitNothingDropped() {
        Awaitility.await("nothing left to drop of " + session)
                .atMost(Duration.ofSeconds(90))
                .until(() -> count("history_drop") == 0);
    }

    /// Takes what the world was told for playlists, and looks at each.
    private void assertLegal() {
        List<TranscodeEvent> story =
                world.events(session).stream()
                        .sorted(Comparator.comparingLong(TranscodeEvent::sequence))
                        .toList();
        var segments = new TreeMap<Long, SegmentReady>();
        long first = 0;
        long discontinuities = 0;
        for (TranscodeEvent event : story) {
            if (event instanceof SegmentReady ready) {
                segments.put(ready.window(), ready);
            } else if (event instanceof HistoryMoved moved) {
                var start = moved.starts().getFirst();
                assertThat(start.firstWindow()).isGreaterThan(first);
                assertThat(start.discontinuities()).isGreaterThanOrEqualTo(discontinuities);
                first = start.firstWindow();
                discontinuities = start.discontinuities();
                long ticks = 0;
                for (long n = first; segments.containsKey(n); n++) {
                    ticks += of(segments, n).durationTicks();
                }
                assertThat(ticks).isGreaterThanOrEqualTo(3 * SEGMENT_SECONDS * SECOND);
                assertThat(of(segments, first).startTicks())
                        .isGreaterThanOrEqualTo(moved.startTicks());
                assertThat(start.discontinuities()).isEqualTo(of(segments, first).run());
                assertThat(start.droppedTicks())
                        .isEqualTo(
                                segments.headMap(first).values().stream()
                                        .mapToLong(SegmentReady::durationTicks)
                                        .sum());
            } else if (event instanceof HistoryForgotten forgotten) {
                assertThat(forgotten.belowWindow()).isLessThanOrEqualTo(first);
            }
        }
        assertThat(first).isPositive();
        assertThat(discontinuities).isPositive();
    }

    private static SegmentReady of(Map<Long, SegmentReady> segments, long window) {
        return Objects.requireNonNull(segments.get(window), () -> "window " + window);
    }

    private List<String> stored() throws IOException {
        try (Stream<ObjectInfo> found = objects.list(SegmentKeys.session(session) + "240p/")) {
            return found.map(ObjectInfo::key).toList();
        }
    }

    private long count(String table) throws SQLException {
        return number("select count(*) from " + table + " where session_id = ?");
    }

    private long number(String sql) throws SQLException {
        return new Rows(database, session).number(sql);
    }
}
