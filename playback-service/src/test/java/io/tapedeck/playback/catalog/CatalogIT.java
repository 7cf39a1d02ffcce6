package io.tapedeck.playback.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.tapedeck.ingest.contract.IngestTopics;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeTopics;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class CatalogIT {

    @Inject Stage stage;
    @Inject MeterRegistry meters;

    @Test
    void tellsAllAboutASession() {
        Told told = Told.ready(stage, 3);
        told.task("11111111-" + told.id, TaskState.RUNNING, 0.25, null, 0, null);
        awaitState(told.id, "ready");
        await().untilAsserted(() -> session(told.id).body("exports", hasSize(1)));

        session(told.id)
                .body("title", equalTo("A talk"))
                .body("mimeType", equalTo("video/webm;codecs=vp8,opus"))
                .body("durationMillis", equalTo(6000))
                .body("safeUntilMillis", equalTo(6000))
                .body("chunks", equalTo(3))
                .body("bytes", equalTo(21))
                .body("renditions", hasSize(1))
                .body("renditions[0].name", equalTo("720p"))
                .body("renditions[0].widthPixels", equalTo(1280))
                .body("gaps", empty())
                .body("exports[0].state", equalTo("running"))
                .body("exports[0].progress", equalTo(0.25f))
                .body("playlistUrl", equalTo("/hls/" + told.id + "/master.m3u8"))
                .body("watchUrl", equalTo("/watch/" + told.id))
                .body("downloadUrl", nullValue())
                .body("failure", nullValue());
    }

    @Test
    void followsTheLifeOfASession() {
        Told told = new Told(stage).opened("Live", "video/webm").rendition();
        awaitState(told.id, "recording");
        told.chunk(0, "x").planned(2, false).segment(0, 0, "a");
        await().untilAsserted(() -> session(told.id).body("durationMillis", equalTo(2000)));
        session(told.id).body("safeUntilMillis", equalTo(4000));
        told.interrupted();
        awaitState(told.id, "interrupted");
        told.completed();
        awaitState(told.id, "completing");
        told.windowFailed(1).planned(2, true);
        awaitState(told.id, "ready");
        session(told.id)
                .body("gaps", hasSize(1))
                .body("gaps[0].startMillis", equalTo(2000))
                .body("gaps[0].durationMillis", equalTo(2000))
                .body("gaps[0].reason", equalTo("The picture is broken."));
    }

    @Test
    void saysHowFarAFileIsConverted() {
        Told told = new Told(stage).file("Old film").chunk(0, "x").completed();
        awaitState(told.id, "completing");
        session(told.id).body("processing.progress", equalTo(0f));

        told.converting(0.5, 600_000L);

        await().untilAsserted(() -> session(told.id).body("processing.progress", equalTo(0.125f)));
        session(told.id).body("processing.remainingMillis", lessThanOrEqualTo(600_000));
        told.failed("cancelled", "Its owner cancelled it.");
        awaitState(told.id, "failed");
        session(told.id).body("failure.code", equalTo("cancelled")).body("processing", nullValue());
    }

    @Test
    void saysWhyThereIsNothing() {
        Told empty = new Told(stage).opened("", "video/webm").completed();
        Told garbage = new Told(stage).opened("", "video/webm").chunk(0, "garbage");
        garbage.failed("not-a-recording", "These bytes are no recording.");

        awaitState(empty.id, "failed");
        awaitState(garbage.id, "failed");
        session(empty.id).body("failure.code", equalTo("nothing-recorded"));
        session(garbage.id)
                .body("failure.code", equalTo("not-a-recording"))
                .body("failure.message", equalTo("These bytes are no recording."));
    }

    @Test
    void aSessionIsThereWhenItsOpeningIs() {
        Told told = new Told(stage).chunk(0, "x").rendition().segment(0, 0, "a");
        Told marker = new Told(stage).opened("", "video/webm");
        awaitState(marker.id, "recording");
        missing(told.id);
        told.opened("Late", "video/webm");
        awaitState(told.id, "recording");
        session(told.id).body("chunks", equalTo(1)).body("durationMillis", equalTo(2000));
    }

    @Test
    void deletingHidesUndoingShowsRemovingForgets() {
        Told told = Told.ready(stage, 1);
        awaitState(told.id, "ready");
        told.hidden();
        await().untilAsserted(() -> missing(told.id));
        given().get("/hls/{id}/master.m3u8", told.id).then().statusCode(404);
        given().get("/hls/{id}/720p/0-{d}.ts", told.id, Told.digest(1, 0)).then().statusCode(404);
        given().get("/media/{id}/source", told.id).then().statusCode(404);
        told.restored();
        awaitState(told.id, "ready");
        told.removed();
        await().untilAsserted(() -> missing(told.id));

        told.segment(1, 0, "late").restored().opened("Back", "video/webm");
        awaitState(new Told(stage).opened("", "video/webm").id, "recording");

        missing(told.id);
    }

    @Test
    void listsSessionsNewestFirstInPages() {
        String mark = UUID.randomUUID().toString();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Told told = new Told(stage).opened(mark + " 100%_" + i, "video/webm");
            awaitState(told.id, "recording");
            ids.addFirst(told.id);
        }
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            var page =
                    owner().queryParam("q", mark.toUpperCase(java.util.Locale.ROOT))
                            .queryParam("limit", 2)
                            .queryParam("cursor", cursor)
                            .get("/api/v1/sessions")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath();
            seen.addAll(page.getList("sessions.id", String.class));
            cursor = page.getString("next");
        } while (cursor != null);
        assertThat(seen).isEqualTo(ids);
        owner().queryParam("q", mark + " 100%_3")
                .get("/api/v1/sessions")
                .then()
                .body("sessions", hasSize(1));
        owner().queryParam("q", mark + "%3")
                .get("/api/v1/sessions")
                .then()
                .body("sessions", empty());
    }

    @Test
    void listsByState() {
        Told told = Told.ready(stage, 1);
        awaitState(told.id, "ready");
        for (String state : List.of("recording", "interrupted", "completing", "ready", "failed")) {
            List<String> ids =
                    owner().queryParam("state", state)
                            .queryParam("limit", 200)
                            .get("/api/v1/sessions")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath()
                            .getList("sessions.id", String.class);
            assertThat(ids.contains(told.id)).as(state).isEqualTo(state.equals("ready"));
        }
    }

    @Test
    void refusesQueriesThatMakeNoSense() {
        for (String query : List.of("state=dead", "cursor=nonsense", "limit=0", "limit=1000")) {
            owner().get("/api/v1/sessions?" + query)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", not(nullValue()));
        }
    }

    @Test
    void onlyTheOwnerSeesTheList() {
        given().get("/api/v1/sessions").then().statusCode(401).body("code", equalTo("owner-only"));
        given().header("Authorization", "Bearer wrong")
                .get("/api/v1/sessions")
                .then()
                .statusCode(401);
        given().cookie("tapedeck-owner", NeighboursResource.OWNER_KEY)
                .get("/api/v1/sessions")
                .then()
                .statusCode(200);
    }

    @Test
    void recordsThatAreNoneStopNobody() {
        double before = leftOut();
        Told told = new Told(stage);
        String constraintBreaker =
                """
                {"type": "segment-ready", "sessionId": "%s", "sequence": 1,
                 "at": "2026-03-01T10:00:00Z", "rendition": "720p", "generation": 1, "window": -1,
                 "run": 0, "startTicks": 0, "durationTicks": 0, "objectKey": "k", "digest": "d",
                 "sizeBytes": 0, "codecs": "", "frames": 0}
                """
                        .formatted(told.id);
        stage.send(IngestTopics.SESSIONS, told.id, "no json".getBytes(StandardCharsets.UTF_8));
        stage.send(TranscodeTopics.SEGMENTS, told.id, "{}".getBytes(StandardCharsets.UTF_8));
        stage.send(
                TranscodeTopics.SEGMENTS,
                told.id,
                constraintBreaker.getBytes(StandardCharsets.UTF_8));

        told.opened("", "video/webm").rendition().segment(0, 0, "a");

        await().untilAsserted(() -> session(told.id).body("durationMillis", equalTo(2000)));
        assertThat(leftOut() - before).isEqualTo(3);
    }

    private double leftOut() {
        return meters
                .find("tapedeck.playback.story.events")
                .tag("outcome", "left-out")
                .counters()
                .stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static io.restassured.specification.RequestSpecification owner() {
        return given().header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY);
    }

    private static void awaitState(String id, String state) {
        await().untilAsserted(() -> session(id).body("state", equalTo(state)));
    }

    private static ValidatableResponse session(String id) {
        return given().get("/api/v1/sessions/{id}", id).then().statusCode(200);
    }

    private static void missing(String id) {
        given().get("/api/v1/sessions/{id}", id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("session-not-found"));
    }
}
