package io.tapedeck.ingest.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.tapedeck.ingest.Api;
import io.tapedeck.neighbours.NeighboursResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Opening and completing.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class SessionIT {

    private static final Map<String, Object> BODY =
            Map.of("mimeType", "video/webm;codecs=vp8,opus");

    @Test
    void theOpenerLearnsWhereEverythingIs() {
        Response opened =
                Api.owner()
                        .header("X-Forwarded-Host", "tape.example.org")
                        .header("X-Forwarded-Proto", "https")
                        .contentType(ContentType.JSON)
                        .body(BODY)
                        .post("/api/v1/sessions");
        String id = opened.path("id");
        String origin = "https://tape.example.org";
        opened.then()
                .statusCode(201)
                .header("Location", origin + "/api/v1/sessions/" + id)
                .body("id", matchesPattern("[0-9a-z]{26}"))
                .body("state", equalTo("recording"))
                .body("uploadToken", matchesPattern("[A-Za-z0-9_-]{43}"))
                .body("chunksUrl", equalTo(origin + "/api/v1/sessions/" + id + "/chunks"))
                .body("playlistUrl", equalTo(origin + "/hls/" + id + "/master.m3u8"))
                .body("watchUrl", equalTo(origin + "/watch/" + id));
    }

    @Test
    void onlyTheOwnerOpensSessions() {
        for (String authorization :
                List.of("", "Bearer wrong", "Basic " + NeighboursResource.OWNER_KEY)) {
            given().header("Authorization", authorization)
                    .contentType(ContentType.JSON)
                    .body(BODY)
                    .post("/api/v1/sessions")
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", "Bearer")
                    .contentType("application/problem+json")
                    .body("code", equalTo("owner-only"));
        }
        given().cookie("tapedeck-owner", NeighboursResource.OWNER_KEY)
                .contentType(ContentType.JSON)
                .body(BODY)
                .post("/api/v1/sessions")
                .then()
                .statusCode(201);
    }

    @Test
    void aBadRequestSaysWhatIsWrong() {
        Api.tryOpen(Map.of("title", "no type"))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("errors[0].field", equalTo("mimeType"));
        Api.tryOpen(Map.of("mimeType", "text/html")).then().statusCode(400);
        Api.tryOpen(Map.of("mimeType", "video/webm", "title", "t".repeat(201)))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("title"));
        for (String body : List.of("{\"mimeType\": ", "[]", "{\"mimeType\": {}}", "\u0000")) {
            Api.owner()
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/sessions")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", equalTo("malformed-json"));
        }
        Api.tryOpen(Map.of("mimeType", "video/webm", "more", "x".repeat(70_000)))
                .then()
                .statusCode(413);
    }

    @Test
    void unknownAddressesAndMethodsAreProblemsToo() {
        given().get("/api/v1/nothing")
                .then()
                .statusCode(404)
                .header("Connection", nullValue())
                .body("code", equalTo("not-found"));
        given().put("/api/v1/sessions").then().statusCode(405);
    }

    @Test
    void completingWantsEveryChunkOrAWordThatGapsAreFine() {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("a")).then().statusCode(201);
        session.put(2, Api.bytes("c")).then().statusCode(201);
        session.complete(Map.of("chunks", 5))
                .then()
                .statusCode(409)
                .body("code", equalTo("chunks-missing"))
                .body("missing", equalTo(List.of(List.of(1, 1), List.of(3, 4))));
        session.complete(Map.of("chunks", 2))
                .then()
                .statusCode(409)
                .body("code", equalTo("chunks-undeclared"))
                .body("nextIndex", equalTo(3));
        session.complete(Map.of("chunks", 4, "allowGaps", true))
                .then()
                .statusCode(202)
                .body("state", equalTo("completing"))
                .body("chunks", equalTo(4))
                .body("missing", equalTo(List.of(List.of(1, 1), List.of(3, 3))));
        session.complete(Map.of("chunks", 4)).then().statusCode(202).body("missing", nullValue());
        session.complete(Map.of("chunks", 5))
                .then()
                .statusCode(409)
                .body("code", equalTo("already-completed"));
    }

    @Test
    void completingTakesTheUploadTokenOfThatSession() {
        Api.Session session = Api.open();
        Api.Session other = Api.open();
        new Api.Session(session.id(), other.token())
                .complete(Map.of("chunks", 0))
                .then()
                .statusCode(401)
                .body("code", equalTo("upload-token-wrong"));
        new Api.Session("nosuchsession", other.token())
                .complete(Map.of("chunks", 0))
                .then()
                .statusCode(404)
                .body("code", equalTo("session-unknown"));
        session.complete(Map.of("chunks", -1)).then().statusCode(400);
        session.complete(Map.of("chunks", 2_000_000)).then().statusCode(400);
        session.complete(Map.of("chunks", 0)).then().statusCode(202).body("missing", hasSize(0));
    }

    @Test
    void anEmptyBodyCompletesWithWhatCame() {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("a")).then().statusCode(201);
        session.writing()
                .contentType(ContentType.JSON)
                .post(session.path() + "/complete")
                .then()
                .statusCode(202)
                .body("chunks", equalTo(1));
    }

    @Test
    void operatorsFindTheirDoors() {
        given().get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
        assertThat(given().get("/q/metrics").asString()).contains("tapedeck_outbox_pending");
        given().get("/q/openapi").then().statusCode(200).body(startsWith("---"));
    }
}
