package io.tapedeck.playback.preview;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class PreviewIT {

    @Inject Stage stage;

    @Test
    void aPosterComesFirstAndAStoryboardWhenAllIsThere() {
        Told told = Told.ready(stage, 2);
        await().untilAsserted(() -> session(told).statusCode(200).body("posterUrl", nullValue()));
        get(told, "poster.jpg").statusCode(404).body("code", equalTo("no-picture"));

        told.previewed(false);
        await().untilAsserted(
                        () -> get(told, "poster.jpg").statusCode(200).body(startsWith("poster")));
        session(told)
                .body("posterUrl", endsWith("/media/" + told.id + "/poster.jpg"))
                .body("storyboardUrl", nullValue());
        get(told, "storyboard.vtt").statusCode(404).body("code", equalTo("no-picture"));

        told.previewed(true);
        await().untilAsserted(() ->
                session(told)
                        .body("storyboardUrl", endsWith("/media/" + told.id + "/storyboard.vtt")));
    }

    @Test
    void aStoryboardLeadsToItsSheets() {
        Told told = Told.ready(stage, 3).previewed(true);
        await().untilAsserted(() -> get(told, "storyboard.vtt").statusCode(200));
        String track =
                get(told, "storyboard.vtt")
                        .contentType("text/vtt")
                        .header("Cache-Control", containsString("no-cache"))
                        .extract()
                        .asString();
        String sheet = track.lines().skip(3).findFirst().orElseThrow().split("#")[0];
        get(told, sheet)
                .statusCode(200)
                .contentType("image/jpeg")
                .header("Cache-Control", containsString("immutable"))
                .body(startsWith("storyboard"));
        get(told, "storyboard-0123456789abcdef.jpg")
                .statusCode(404)
                .body("code", equalTo("no-picture"));
    }

    @Test
    void whoHasTheNewestPosterIsTold() {
        Told told = Told.ready(stage, 1).previewed(false);
        await().untilAsserted(() -> get(told, "poster.jpg").statusCode(200));
        String tag = get(told, "poster.jpg").extract().header("ETag");
        given().header("If-None-Match", tag)
                .get("/media/{id}/poster.jpg", told.id)
                .then()
                .statusCode(304);
        told.previewed(true);
        await().untilAsserted(() ->
                assertThat(get(told, "poster.jpg").extract().header("ETag")).isNotEqualTo(tag));
    }

    @Test
    void whatIsDeletedHasNoPictures() {
        Told told = Told.ready(stage, 1).previewed(true);
        await().untilAsserted(() -> get(told, "poster.jpg").statusCode(200));
        told.hidden();
        await().untilAsserted(() ->
                get(told, "poster.jpg").statusCode(404).body("code", equalTo("session-not-found")));
        told.removed();
        await().untilAsserted(() ->
                get(told, "storyboard.vtt")
                        .statusCode(404)
                        .body("code", equalTo("session-not-found")));
    }

    private static ValidatableResponse session(Told told) {
        return given().get("/api/v1/sessions/{id}", told.id).then();
    }

    private static ValidatableResponse get(Told told, String file) {
        return given().get("/media/{id}/{file}", told.id, file).then();
    }
}
