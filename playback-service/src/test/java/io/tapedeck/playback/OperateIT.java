package io.tapedeck.playback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.neighbours.NeighboursResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class OperateIT {

    @Test
    void saysHowItIs() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(
                        allOf(
                                containsString("tapedeck_playback_story_events_total"),
                                containsString("tapedeck_playback_story_delay_seconds")));
    }

    @Test
    void describesItsDoors() {
        var description = given().get("/q/openapi?format=json").then().statusCode(200);
        for (String door :
                new String[] {
                    "/api/v1/sessions",
                    "/api/v1/sessions/{id}",
                    "/api/v1/sessions/{id}/exports",
                    "/api/v1/sign-in",
                    "/api/v1/tasks/{id}/events",
                    "/hls/{session}/master.m3u8",
                    "/media/{session}/recording.mp4"
                }) {
            description.body(containsString('"' + door + '"'));
        }
    }

    @Test
    void whatIsNowhereIsSaidInTheSameWay() {
        for (String path :
                new String[] {"/api/v1/nothing", "/hls/x/720p/0-gap.ts", "/media/x/poster.gif"}) {
            given().get(path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("code", equalTo("not-found"));
        }
        given().post("/api/v1/sessions/x").then().statusCode(405);
    }

    @Test
    void noAddressIsAnAccident() {
        for (String path :
                new String[] {
                    "/api/v1/sessions/%00",
                    "/api/v1/sessions/a%00b",
                    "/api/v1/sessions?q=%00",
                    "/api/v1/sessions?cursor=LTE6YQ",
                    "/api/v1/sessions?limit=many",
                    "/api/v1/sessions/" + "x".repeat(3000),
                    "/api/v1/sessions/%F0%9F%90%B4",
                    "/api/v1/tasks/'%20or%201=1",
                    "/hls/%2e%2e/%2e%2e/index.m3u8",
                    "/hls/x/720p/999999999999999999-d.ts",
                    "/media/x/source?run=99999999999",
                    "/media/x/source?run=-1",
                    "/media/x/source?download=%00"
                }) {
            int status =
                    given().urlEncodingEnabled(false)
                            .header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY)
                            .get(path)
                            .statusCode();
            assertThat(status).as(path).isBetween(400, 499);
        }
    }
}
