package io.tapedeck.ingest.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.Story;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a log of which only the newest is kept, and of the parts that are saved of it.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(HistoryIT.ByHand.class)
class HistoryIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration HISTORY = Duration.ofSeconds(30);
    private static final Instant OLD = Instant.parse("2026-01-01T10:00:00Z");

    @Inject HistoryScheduler scheduler;
    @Inject HistoryPublisher history;
    @Inject PartLeadRepository leads;
    @Inject DataSource database;
    @Inject ObjectStore objects;

    private Api.Session camera;

    /// Nothing is forgotten unless the test says so.
    public static final class ByHand implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tapedeck.ingest.history.every", "24h",
                    "tapedeck.ingest.history.saved-chunks", "2508",
                    "tapedeck.ingest.deletion.undo", "1s",
                    "tapedeck.ingest.deletion.every", "1s",
                    "tapedeck.ingest.orphans.safe-age", "3s",
                    "tapedeck.ingest.orphans.every", "1s");
        }
    }

    /// Two runs of five chunks, stored a second apart and long ago, but for the last two.
    @BeforeEach
    void record() throws SQLException {
        camera = Api.open();
        for (int index = 0; index < 10; index++) {
            camera.put(index, index / 5, Api.bytes("chunk " + index)).then().statusCode(201);
            if (index < 8) {
                change(
                        "update chunk set stored_at = '%s' where session_id = ? and index = %d"
                                .formatted(OLD.plusSeconds(index), index));
            }
        }
        change("update session set history_seconds = " + HISTORY.toSeconds() + " where id = ?");
    }

    @Test
    void whatIsTooOldGoesButForTheHeaderOfTheRunThatGoesOn() throws Exception {
        scheduler.forget();

        assertThat(indexes(camera.id())).containsExactly(5L, 8L, 9L);
        assertThat(stored(camera.id())).hasSize(3);
        assertThat(number("select size_bytes from session where id = ?")).isEqualTo(21);
        assertThat(number("select forgotten_bytes from session where id = ?")).isEqualTo(49);
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(Story.of(camera.id()).getLast())
                                .isInstanceOfSatisfying(
                                        SessionEvent.ChunksForgotten.class,
                                        told -> assertThat(told.belowIndex()).isEqualTo(8)));
        camera.received().then().statusCode(200).body("received", equalTo(List.of(List.of(0, 9))));

        scheduler.forget();
        assertThat(indexes(camera.id())).hasSize(3);
        camera.put(10, 1, Api.bytes("chunk 10")).then().statusCode(201);
        camera.complete(Map.of("chunks", 11)).then().statusCode(202);
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(Story.of(camera.id()).getLast())
                                .isInstanceOfSatisfying(
                                        SessionEvent.Completed.class,
                                        told -> assertThat(told.missing()).isEmpty()));
        change("update chunk set stored_at = '%s' where session_id = ?".formatted(OLD));
        scheduler.forget();
        assertThat(indexes(camera.id())).hasSize(4);
    }

    @Test
    void ofACameraThatIsAwayTheLastChunkStays() throws Exception {
        change("update chunk set stored_at = '%s' where session_id = ?".formatted(OLD));
        scheduler.forget();
        scheduler.forget();
        assertThat(indexes(camera.id())).containsExactly(5L, 9L);
        assertThat(stored(camera.id())).hasSize(2);
    }

    @Test
    void aCrashBeforeTheObjectsGoLeavesNothingForGood() throws Exception {
        assertThat(history.forget(camera.id())).hasSize(7);
        assertThat(stored(camera.id())).hasSize(10);
        await().atMost(LONG).until(() -> stored(camera.id()).size() == 3);
    }

    @Test
    void aPartIsARecordingOfTheSameObjects() throws Exception {
        String saved =
                history.save(
                                camera.id(),
                                Duration.ZERO,
                                OLD.plusSeconds(3),
                                OLD.plusSeconds(6),
                                "Cat")
                        .id;

        // Of the first run its header and two chunks, of the second one its header and one.
        assertThat(indexes(saved)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(keys(saved))
                .containsExactlyElementsOf(
                        keys(camera.id()).stream()
                                .filter(key -> key.matches(".*/0000000[03456]-.*"))
                                .toList());
        assertThat(stored(saved)).isEmpty();
        await().atMost(LONG).until(() -> Story.words(saved).contains("Completed"));
        List<SessionEvent> story = Story.of(saved);
        assertThat(story.getFirst())
                .isInstanceOfSatisfying(
                        SessionEvent.Opened.class,
                        opened -> {
                            assertThat(opened.title()).isEqualTo("Cat");
                            assertThat(opened.live()).isFalse();
                            assertThat(opened.historySeconds()).isZero();
                        });
        assertThat(
                        story.stream()
                                .filter(SessionEvent.ChunkStored.class::isInstance)
                                .map(SessionEvent.ChunkStored.class::cast))
                .extracting(SessionEvent.ChunkStored::run, SessionEvent.ChunkStored::at)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, OLD),
                        org.assertj.core.groups.Tuple.tuple(0, OLD.plusSeconds(3)),
                        org.assertj.core.groups.Tuple.tuple(0, OLD.plusSeconds(4)),
                        org.assertj.core.groups.Tuple.tuple(1, OLD.plusSeconds(5)),
                        org.assertj.core.groups.Tuple.tuple(1, OLD.plusSeconds(6)));
    }

    @Test
    void aPartBeginsAKeyframeEarlierUnlessEachPictureIsOne() throws Exception {
        assertThat(leads.before(camera.id(), OLD.plusSeconds(6), OLD.plusSeconds(7)))
                .isEqualTo(PartLeadRepository.KEYFRAMES);
        Duration lead = Duration.ofSeconds(2);
        String saved =
                history.save(camera.id(), lead, OLD.plusSeconds(4), OLD.plusSeconds(6), "").id;
        assertThat(keys(saved)).hasSize(6).allMatch(key -> key.matches(".*/0000000[023456]-.*"));
        // Of the second run all, and nothing of the first.
        String other =
                history.save(camera.id(), lead, OLD.plusSeconds(5), OLD.plusSeconds(6), "").id;
        assertThat(keys(other)).hasSize(2).allMatch(key -> key.matches(".*/0000000[56]-.*"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        history.save(
                                camera.id(),
                                Duration.ofSeconds(10),
                                OLD.plusSeconds(9),
                                OLD.plusSeconds(12),
                                ""));

        byte[] matroska = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3, 1, 2, 3};
        camera.put(10, 2, matroska).then().statusCode(201);
        camera.put(11, 2, Api.bytes("a picture")).then().statusCode(201);
        change(
                "update chunk set stored_at = now() + interval '1 h'"
                        + " where session_id = ? and index = 11");
        assertThat(
                        leads.before(
                                camera.id(),
                                Instant.now().plusSeconds(60),
                                Instant.now().plusSeconds(7200)))
                .isZero();
    }

    @Test
    void nothingIsSavedOfATimeWithoutChunks() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        history.save(
                                camera.id(),
                                Duration.ZERO,
                                OLD.minusSeconds(50),
                                OLD.minusSeconds(40),
                                ""))
                .withMessageContaining("Nothing was recorded");
    }

    @Test
    void whatIsForgottenStaysForWhoeverSavedItAndGoesWithHim() throws Exception {
        String saved =
                history.save(camera.id(), Duration.ZERO, OLD.plusSeconds(6), OLD.plusSeconds(7), "")
                        .id;
        List<String> kept = keys(saved);

        scheduler.forget();
        assertThat(stored(camera.id())).containsAll(kept).hasSize(5);

        Api.owner().delete("/api/v1/sessions/" + saved).then().statusCode(200);
        await().atMost(LONG).until(() -> indexes(saved).isEmpty());
        await().atMost(LONG).until(() -> stored(camera.id()).size() == 3);
        assertThat(stored(camera.id())).containsExactlyElementsOf(keys(camera.id()));
        assertThat(
                        number(
                                "select count(*) from released_object r where object_key like"
                                        + " '%' || ? || '%' and not exists (select from chunk c"
                                        + " where c.object_key = r.object_key)"))
                .isZero();
    }

    @Test
    void whoeverSavedAPartKeepsItWhenTheCamerasRecordingIsDeleted() throws Exception {
        String one =
                history.save(camera.id(), Duration.ZERO, OLD.plusSeconds(3), OLD.plusSeconds(6), "")
                        .id;
        String other =
                history.save(camera.id(), Duration.ZERO, OLD.plusSeconds(4), OLD.plusSeconds(7), "")
                        .id;
        var kept = new ArrayList<>(keys(one));
        kept.addAll(keys(other));

        camera.delete().then().statusCode(200);
        await().atMost(LONG).until(() -> indexes(camera.id()).isEmpty());
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(stored(camera.id()))
                                .containsExactlyInAnyOrderElementsOf(
                                        kept.stream().distinct().toList()));

        Api.owner().delete("/api/v1/sessions/" + one).then().statusCode(200);
        Api.owner().delete("/api/v1/sessions/" + other).then().statusCode(200);
        await().atMost(LONG).until(() -> stored(camera.id()).isEmpty());
    }

    @Test
    void aCamerasRecordingThatIsRestoredIsCompleteAndStays() throws Exception {
        camera.delete().then().statusCode(200);
        scheduler.forget();
        camera.restore().then().statusCode(200).body("state", equalTo("completing"));
        camera.restore().then().statusCode(200).body("state", equalTo("completing"));

        scheduler.forget();
        assertThat(indexes(camera.id())).hasSize(10);
        camera.put(10, 1, Api.bytes("chunk 10")).then().statusCode(410);
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(Story.words(camera.id()))
                                .endsWith("Hidden", "Completed", "Restored"));
        assertThat(
                        Story.of(camera.id()).stream()
                                .filter(SessionEvent.Completed.class::isInstance)
                                .map(SessionEvent.Completed.class::cast))
                .extracting(SessionEvent.Completed::chunkCount)
                .containsExactly(10L);
    }

    @Test
    void aCameraThatHasSentNothingYetGoesOnWhenItsRecordingIsRestored() throws Exception {
        change("delete from chunk where session_id = ?");
        camera.delete().then().statusCode(200);
        camera.restore().then().statusCode(200).body("state", equalTo("recording"));
    }

    @Test
    void whileAPartIsSavedItsCameraGoesOn() {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    history.save(camera.id(), Duration.ZERO, OLD, OLD.plusSeconds(6), "");
                    camera.put(10, 1, Api.bytes("chunk 10")).then().statusCode(201);
                });
    }

    @Test
    void whatIsBeingSavedIsNotForgotten() throws Exception {
        String saved =
                QuarkusTransaction.requiringNew()
                        .call(() -> {
                            String id = saveTheFirstSecond();
                            elsewhere(scheduler::forget);
                            assertThat(indexes(camera.id())).hasSize(10);
                            return id;
                        });
        scheduler.forget();
        assertThat(indexes(camera.id())).containsExactly(5L, 8L, 9L);
        assertThat(stored(camera.id())).containsAll(keys(saved)).hasSize(5);
    }

    @Test
    void whatIsBeingSavedStaysWhenTheCamerasRecordingIsRemoved() throws Exception {
        String saved =
                QuarkusTransaction.requiringNew()
                        .call(() -> {
                            String id = saveTheFirstSecond();
                            camera.delete().then().statusCode(200);
                            await().atMost(LONG)
                                    .until(() ->
                                            number(
                                                            "select count(*) from pg_locks where"
                                                                    + " locktype = 'advisory' and not"
                                                                    + " granted and ? is not null")
                                                    > 0);
                            assertThat(stored(camera.id())).hasSize(10);
                            return id;
                        });
        await().atMost(LONG).until(() -> indexes(camera.id()).isEmpty());
        await().atMost(LONG).until(() -> stored(camera.id()).size() == 2);
        assertThat(stored(camera.id())).containsExactlyElementsOf(keys(saved));
    }

    private String saveTheFirstSecond() {
        return history.save(camera.id(), Duration.ZERO, OLD, OLD.plusSeconds(1), "").id;
    }

    @Test
    void aLongPartIsToldInOrder() throws Exception {
        change(
                "insert into chunk select session_id, index + n, run, object_key, size_bytes,"
                        + " sha256, '2026-01-01 10:00:05Z'"
                        + " from chunk, generate_series(1, 2500) n"
                        + " where session_id = ? and index = 9");
        String saved = history.save(camera.id(), Duration.ZERO, OLD, OLD.plusSeconds(7), "").id;

        List<SessionEvent> story =
                Story.of(saved).stream()
                        .sorted(Comparator.comparingLong(SessionEvent::sequence))
                        .toList();
        assertThat(story).hasSize(2510);
        assertThat(story.getLast())
                .isInstanceOfSatisfying(
                        SessionEvent.Completed.class,
                        told -> assertThat(told.chunkCount()).isEqualTo(2508));
        for (int i = 1; i < 2509; i++) {
            var told = (SessionEvent.ChunkStored) story.get(i);
            assertThat(told.sequence()).isEqualTo(i + 1L);
            assertThat(told.index()).isEqualTo(i - 1L);
        }
        assertThat(indexes(saved)).hasSize(2508);
        assertThat(list("select size_bytes from session where id = ?", saved))
                .isEqualTo(list("select sum(size_bytes) from chunk where session_id = ?", saved));
    }

    @Test
    void aPartThatIsTooLongIsRefusedWithOneThatIsNot() throws Exception {
        change(
                "insert into chunk select session_id, index + n, run, object_key, size_bytes,"
                        + " sha256, '2026-01-01 10:00:05Z'::timestamptz + n * interval '1 ms'"
                        + " from chunk, generate_series(1, 2501) n"
                        + " where session_id = ? and index = 9");
        Instant longest = OLD.plusMillis(7500);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(
                        () -> history.save(camera.id(), Duration.ZERO, OLD, OLD.plusSeconds(8), ""))
                .withMessageContaining("from %s to %s,".formatted(OLD, longest));

        history.save(camera.id(), Duration.ZERO, OLD, longest, "");
    }

    private static void elsewhere(Runnable what) throws Exception {
        Thread thread = Thread.startVirtualThread(what);
        assertThat(thread.join(LONG)).isTrue();
    }

    private List<Long> indexes(String session) throws SQLException {
        return list("select index from chunk where session_id = ? order by index", session).stream()
                .map(Long::valueOf)
                .toList();
    }

    private List<String> keys(String session) throws SQLException {
        return list("select object_key from chunk where session_id = ? order by index", session);
    }

    private List<String> stored(String session) throws IOException {
        try (var found = objects.list("chunks/" + session + "/")) {
            return found.map(object -> object.key()).toList();
        }
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(list(sql, camera.id()).getFirst());
    }

    private List<String> list(String sql, String session) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, session);
            var found = new ArrayList<String>();
            var rows = query.executeQuery();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, camera.id());
            statement.executeUpdate();
        }
    }
}
