package io.tapedeck.ingest.camera;

import static io.restassured.RestAssured.given;
import static io.tapedeck.ingest.camera.CameraApi.CAMERAS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.Story;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cameras from their owner's side.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(CameraIT.ShortTimes.class)
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill it
class CameraIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject ObjectStore objects;
    @Inject DataSource database;

    private CameraLogRows log;

    public static class ShortTimes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tapedeck.ingest.silence.interrupted-after", "1s",
                    "tapedeck.ingest.silence.completed-after", "1s",
                    "tapedeck.ingest.silence.every", "1s");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(MadeUpFeeds.class);
        }
    }

    @BeforeEach
    void readTheLog() {
        log = new CameraLogRows(database, objects);
    }

    @Test
    void aCameraThatIsAddedFillsASession() throws Exception {
        MadeUpCamera camera = MadeUpCamera.on();
        var added =
                CameraApi.tryAdd(
                        Map.of(
                                "name",
                                "Door",
                                "url",
                                camera.url(),
                                "segmentSeconds",
                                1,
                                "historySeconds",
                                60));
        String id = added.path("id");
        String session = added.path("sessionId");
        added.then()
                .statusCode(201)
                .header("Location", containsString("/api/v1/cameras/" + id))
                .body("name", equalTo("Door"))
                .body("segmentSeconds", equalTo(1))
                .body("historySeconds", equalTo(60))
                .body("state", equalTo("connecting"))
                .body("problem", equalTo(null))
                .body("playlistUrl", containsString("/hls/" + session + "/master.m3u8"))
                .body("watchUrl", containsString("/watch/" + session));

        await().atMost(LONG).until(() -> CameraApi.state(id).equals("online"));
        await().atMost(LONG).until(() -> log.count(session) > 20);
        JsonPath view = CameraApi.view(id);
        Instant bytesAt = Instant.parse(view.getString("lastBytesAt"));
        assertThat(bytesAt).isAfterOrEqualTo(Instant.parse(view.getString("since")));
        assertThat(Instant.parse(view.getString("since")))
                .isAfter(Instant.parse(view.getString("createdAt")));
        CameraLogRows.assertWhole(log.of(session));
        var opened = (SessionEvent.Opened) Story.of(session).getFirst();
        assertThat(opened.title()).isEqualTo("Door");
        assertThat(opened.live()).isTrue();
        assertThat(opened.segmentSeconds()).isEqualTo(1);
        assertThat(opened.historySeconds()).isEqualTo(60);
        assertThat(ids()).contains(id);
        CameraApi.delete(id);
    }

    @Test
    void aPartIsSavedAsARecordingOfItsOwn() throws Exception {
        String id = CameraApi.add(MadeUpCamera.on());
        String session = CameraApi.session(id);
        await().atMost(LONG).until(() -> log.count(session) > 10);

        var saved =
                Api.owner()
                        .contentType("application/json")
                        .body(Map.of("minutes", 5, "title", "Cat"))
                        .post(CAMERAS + "/" + id + "/recordings");
        String part = saved.path("id");
        saved.then()
                .statusCode(201)
                .header("Location", containsString("/api/v1/sessions/" + part))
                .body("state", equalTo("completing"))
                .body("playlistUrl", containsString("/hls/" + part + "/master.m3u8"))
                .body("watchUrl", containsString("/watch/" + part));
        CameraLogRows.assertWhole(log.of(part));
        assertThat(log.count(part)).isGreaterThan(10);

        Api.owner()
                .contentType("application/json")
                .body(Map.of("title", "Cat"))
                .post(CAMERAS + "/" + id + "/recordings")
                .then()
                .statusCode(400)
                .body("code", equalTo("part-invalid"));
        given().contentType("application/json")
                .body(Map.of("minutes", 5))
                .post(CAMERAS + "/" + id + "/recordings")
                .then()
                .statusCode(401);
        CameraApi.delete(id);
    }

    @Test
    void whoIsOfflineSaysWhyAndComesBackWithAnotherRun() throws Exception {
        MadeUpCamera camera = MadeUpCamera.on();
        String id = CameraApi.add(camera);
        String session = CameraApi.session(id);
        await().atMost(LONG).until(() -> log.count(session) > 5);

        camera.switchOff();
        await().atMost(LONG).until(() -> CameraApi.state(id).equals("offline"));
        await().atMost(LONG)
                .until(() ->
                        "camera-unreachable".equals(CameraApi.view(id).getString("problem.code")));
        // Longer than the silence that would complete another session.
        await().atMost(LONG).until(() -> Story.words(session).contains("Interrupted"));
        String other = Api.open().id();
        await().atMost(LONG).until(() -> Story.words(other).contains("Completed"));

        camera.switchOn();
        await().atMost(LONG).until(() -> CameraApi.state(id).equals("online"));
        assertThat(CameraApi.view(id).getString("problem")).isNull();
        assertThat(CameraApi.session(id)).isEqualTo(session);
        await().atMost(LONG)
                .until(() -> log.of(session).getLast().run() == 1 && camera.sent() > 20);
        CameraLogRows.assertWhole(log.of(session));
        assertThat(Story.words(session)).contains("Resumed").doesNotContain("Completed");
        CameraApi.delete(id);
    }

    @Test
    void aDeletedCameraLeavesARecording() throws Exception {
        MadeUpCamera camera = MadeUpCamera.on();
        String id = CameraApi.add(camera);
        String session = CameraApi.session(id);
        await().atMost(LONG).until(() -> log.count(session) > 5);

        CameraApi.delete(id).then().statusCode(204);
        Api.owner().get(CAMERAS + "/" + id).then().statusCode(404);
        assertThat(ids()).doesNotContain(id);
        await().atMost(LONG).until(() -> camera.connected() == 0);
        List<SessionEvent> story = Story.of(session);
        assertThat(story.getLast()).isInstanceOf(SessionEvent.Completed.class);
        var completed = (SessionEvent.Completed) story.getLast();
        assertThat(completed.chunkCount()).isEqualTo(log.count(session));
        assertThat(completed.missing()).isEmpty();
        CameraApi.delete(id).then().statusCode(404).body("code", equalTo("camera-unknown"));
        Api.owner().delete("/api/v1/sessions/" + session).then().statusCode(200);
    }

    @Test
    void ofACameraThatNeverSentNothingIsLeft() {
        MadeUpCamera camera = MadeUpCamera.off();
        String id = CameraApi.add(camera);
        String session = CameraApi.session(id);
        await().atMost(LONG).until(() -> CameraApi.state(id).equals("offline"));
        CameraApi.delete(id).then().statusCode(204);
        await().atMost(LONG).until(() -> Story.words(session).contains("Hidden"));
        assertThat(Story.words(session)).doesNotContain("ChunkStored");
    }

    @Test
    void whenItsSessionIsDeletedItGoesOnInAnother() throws Exception {
        MadeUpCamera camera = MadeUpCamera.on();
        String id = CameraApi.add(camera);
        String first = CameraApi.session(id);
        await().atMost(LONG).until(() -> log.count(first) > 5);
        Api.owner().delete("/api/v1/sessions/" + first).then().statusCode(200);

        await().atMost(LONG).until(() -> !CameraApi.session(id).equals(first));
        String second = CameraApi.session(id);
        await().atMost(LONG).until(() -> log.count(second) > 5);
        CameraLogRows.assertWhole(log.of(second));
        assertThat(camera.connections()).isOne();
        // Restored, it is one that silence completes.
        Api.owner().post("/api/v1/sessions/" + first + "/restore").then().statusCode(200);
        await().atMost(LONG).until(() -> Story.words(first).contains("Completed"));
        CameraApi.delete(id);
    }

    @Test
    void noPasswordIsShownAnywhere() {
        MadeUpCamera camera = MadeUpCamera.off();
        var added = CameraApi.tryAdd(Map.of("name", "Door", "url", camera.url()));
        added.then().body("url", containsString("//***@cam-"));
        added.then().body(not(containsString("top-secret")));
        String id = added.path("id");
        await().atMost(LONG).until(() -> CameraApi.state(id).equals("offline"));
        Api.owner()
                .get(CAMERAS + "/" + id)
                .then()
                .body("problem.detail", containsString("//***@cam-"))
                .body(not(containsString("top-secret")));
        Api.owner().get(CAMERAS).then().body(not(containsString("top-secret")));
        CameraApi.tryAdd(Map.of("name", "Door", "url", "http://a:top-secret@169.254.169.254/"))
                .then()
                .statusCode(422)
                .body("code", equalTo("camera-address-refused"))
                .body("detail", containsString("***@169.254.169.254"))
                .body(not(containsString("top-secret")));
        CameraApi.delete(id);
    }

    @ParameterizedTest
    @CsvSource({
        "'', http://cam/, 2, 400, camera-invalid",
        "Door, nowhere at all, 2, 400, camera-invalid",
        "Door, http://cam/, 0, 400, camera-invalid",
        "Door, file:///etc/passwd, 2, 422, camera-address-refused",
    })
    void whatIsNoCameraIsRefused(
            String name, String url, int segmentSeconds, int status, String code) {
        CameraApi.tryAdd(Map.of("name", name, "url", url, "segmentSeconds", segmentSeconds))
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @Test
    void onlyTheOwnerMay() {
        given().get(CAMERAS).then().statusCode(401);
        given().contentType("application/json").body("{}").post(CAMERAS).then().statusCode(401);
        given().delete(CAMERAS + "/a").then().statusCode(401);
        Api.owner().get(CAMERAS + "/a").then().statusCode(404);
        Api.owner().get("/q/openapi").then().body(containsString("/api/v1/cameras/{id}"));
        Api.owner().get("/q/metrics").then().body(containsString("tapedeck_cameras_online"));
    }

    private static List<String> ids() {
        return Api.owner().get(CAMERAS).jsonPath().getList("cameras.id");
    }
}
