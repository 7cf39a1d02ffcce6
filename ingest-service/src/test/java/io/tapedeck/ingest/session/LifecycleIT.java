package io.tapedeck.ingest.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.Story;
import io.tapedeck.ingest.contract.ChunkKeys;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What time does to sessions, with short times.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(LifecycleIT.ShortTimes.class)
class LifecycleIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject ObjectStore objects;

    public static class ShortTimes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tapedeck.ingest.silence.interrupted-after", "2s",
                    "tapedeck.ingest.silence.completed-after", "8s",
                    "tapedeck.ingest.silence.every", "1s",
                    "tapedeck.ingest.deletion.undo", "8s",
                    "tapedeck.ingest.deletion.every", "1s",
                    "tapedeck.ingest.orphans.safe-age", "0s",
                    "tapedeck.ingest.orphans.every", "1s");
        }
    }

    @Test
    void silenceInterruptsAChunkResumesAndLongSilenceCompletes() {
        Api.Session session = Api.open();
        session.put(1, Api.bytes("b")).then().statusCode(201);
        await().atMost(LONG).until(() -> Story.words(session.id()).contains("Interrupted"));
        session.put(2, Api.bytes("c")).then().statusCode(201);
        await().atMost(LONG).until(() -> Story.words(session.id()).contains("Completed"));

        List<SessionEvent> story = Story.of(session.id());
        assertThat(story.stream().map(event -> event.getClass().getSimpleName()))
                .containsExactly(
                        "Opened",
                        "ChunkStored",
                        "Interrupted",
                        "Resumed",
                        "ChunkStored",
                        "Interrupted",
                        "Completed");
        var completed = (SessionEvent.Completed) story.getLast();
        assertThat(completed.chunkCount()).isEqualTo(3);
        assertThat(completed.missing()).containsExactly(new IndexRange(0, 0));
        session.put(3, Api.bytes("d"))
                .then()
                .statusCode(410)
                .body("code", equalTo("session-closed"));
    }

    @Test
    void aDeletedSessionCanBeRestoredForAWhile() {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("a")).then().statusCode(201);
        session.delete().then().statusCode(200).body("id", equalTo(session.id()));
        session.delete().then().statusCode(200);
        session.put(1, Api.bytes("b"))
                .then()
                .statusCode(410)
                .body("code", equalTo("session-deleted"));
        session.put(0, Api.bytes("a")).then().statusCode(410);
        session.complete(Map.of()).then().statusCode(410);
        session.restore().then().statusCode(200).body("state", equalTo("recording"));
        session.restore().then().statusCode(200);
        session.put(1, Api.bytes("b")).then().statusCode(201);
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(Story.words(session.id()))
                                .startsWith(
                                        "Opened",
                                        "ChunkStored",
                                        "Hidden",
                                        "Restored",
                                        "ChunkStored"));
    }

    @Test
    void afterTheUndoTimeNothingIsLeft() throws Exception {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("a")).then().statusCode(201);
        session.put(1, Api.bytes("b")).then().statusCode(201);
        assertThat(objects(session.id())).hasSize(2);
        session.delete().then().statusCode(200);
        await().atMost(LONG).until(() -> session.received().statusCode() == 404);
        await().atMost(LONG).until(() -> objects(session.id()).isEmpty());
        await().atMost(LONG).until(() -> Story.words(session.id()).getLast().equals("Removed"));
        session.restore().then().statusCode(404);
        session.put(2, Api.bytes("c")).then().statusCode(404);
        session.delete().then().statusCode(404);
    }

    @Test
    void onlyTheOwnerDeletesAndRestores() {
        Api.Session session = Api.open();
        session.writing().delete(session.path()).then().statusCode(401);
        session.writing().post(session.path() + "/restore").then().statusCode(401);
        Api.owner().delete("/api/v1/sessions/nosuchsession").then().statusCode(404);
    }

    @Test
    void objectsThatNoRowSelectsAreSweptAndOthersStay() throws Exception {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("a")).then().statusCode(201);
        String stranger = ChunkKeys.attempt("aSessionOfAnotherInstallation", 1, "whole");
        put(stranger);
        String orphan = ChunkKeys.attempt(session.id(), 1, "cutshort");
        put(orphan);
        await().atMost(LONG).until(() -> objects.stat(orphan).isEmpty());
        assertThat(objects(session.id())).hasSize(1);
        // In the same bucket, and listed before or in the same batch.
        assertThat(objects.stat(stranger)).isPresent();
    }

    private void put(String key) throws IOException {
        objects.put(
                key, new ByteArrayInputStream(Api.bytes("lost")), 4, "application/octet-stream");
    }

    private List<String> objects(String sessionId) throws Exception {
        try (var found = objects.list(ChunkKeys.session(sessionId))) {
            return found.map(object -> object.key()).toList();
        }
    }
}
