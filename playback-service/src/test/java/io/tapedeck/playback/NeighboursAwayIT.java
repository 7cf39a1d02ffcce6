package io.tapedeck.playback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.neighbours.Neighbours;
import io.tapedeck.neighbours.Neighbours.Component;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What still works when a neighbour does not, and when a viewer leaves early.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class NeighboursAwayIT {

    private static final String SEGMENT = "/hls/{id}/720p/0-d10000.ts";

    /// More than the store serves at one time.
    private static final int LEAVERS = 80;

    @Inject Stage stage;

    @Test
    void withoutTheStorePlaylistsGoOnAndSegmentsSayWhen() {
        Told told = ready();
        Neighbours.running().kill(Component.OBJECTS);
        try {
            given().get("/hls/{id}/720p/index.m3u8", told.id).then().statusCode(200);
            given().get(SEGMENT, told.id)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "1")
                    .body("code", equalTo("store-away"));
        } finally {
            Neighbours.running().start(Component.OBJECTS);
        }
        await().untilAsserted(() -> given().get(SEGMENT, told.id).then().statusCode(200));
    }

    @Test
    void withoutTheBrokerEverythingIsServedAndOrdersAreTaken() {
        Told told = ready();
        Neighbours.running().kill(Component.KAFKA);
        try {
            given().get(SEGMENT, told.id).then().statusCode(200);
            given().header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY)
                    .contentType("application/json")
                    .body("{\"format\": \"mp4\"}")
                    .post("/api/v1/sessions/{id}/exports", told.id)
                    .then()
                    .statusCode(202);
        } finally {
            Neighbours.running().start(Component.KAFKA);
        }
        String taskId = ExportTaskId.of(told.id, "mp4", 1);
        told.task(taskId, TaskState.SUCCEEDED, 1, "media/key.mp4", 10, null);
        await().untilAsserted(() ->
                given().get("/api/v1/sessions/{id}", told.id)
                        .then()
                        .body("exports[0].state", equalTo("succeeded")));
    }

    @Test
    void viewersThatLeaveEarlyTakeNothingAlong() throws Exception {
        Told told = ready();
        String key = "media/%s/exports/long.mp4".formatted(told.id);
        stage.store(key, new byte[8_000_000]);
        told.task(UUID.randomUUID().toString(), TaskState.SUCCEEDED, 1, key, 8_000_000, null);
        String path = "/media/" + told.id + "/recording.mp4";
        await().untilAsserted(() -> given().head(path).then().statusCode(200));

        for (int leaver = 0; leaver < LEAVERS; leaver++) {
            look(path);
        }

        assertThat(given().get(path).asByteArray()).hasSize(8_000_000);
    }

    private static void look(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream body =
                        client.send(
                                        HttpRequest.newBuilder(Stage.uri(path)).build(),
                                        BodyHandlers.ofInputStream())
                                .body()) {
            assertThat(body.readNBytes(10)).hasSize(10);
        }
    }

    private Told ready() {
        Told told = Told.ready(stage, 1);
        await().untilAsserted(() ->
                given().get("/api/v1/sessions/{id}", told.id)
                        .then()
                        .body("state", equalTo("ready")));
        return told;
    }
}
