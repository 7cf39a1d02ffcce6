package io.tapedeck.playback.playlist;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class PlaylistIT {

    private static final String SECOND_RUN =
            "#EXT-X-DISCONTINUITY\n#EXT-X-PROGRAM-DATE-TIME:2026-03-01T10:00:04.000Z\n";

    @Inject Stage stage;

    @Test
    void growsWhileRecordingAndEndsAfter() {
        Told told = new Told(stage).opened("", "video/webm").rendition().chunk(0, "x");
        await().untilAsserted(() -> notYet(told.id));
        told.segment(0, 0, "aaaa").segment(2, 1, "cccc");
        await().untilAsserted(() -> media(told.id).then().statusCode(200));
        assertThat(media(told.id).asString()).isEqualTo(playlist("0-d10000.ts"));
        told.segment(1, 0, "bbbb");
        String three = playlist("0-d10000.ts", "1-d10001.ts", "!2-d10002.ts");
        await().untilAsserted(() -> assertThat(media(told.id).asString()).isEqualTo(three));
        media(told.id).then().header("Cache-Control", "public, max-age=1");
        told.completed().planned(4, true).windowFailed(3);
        await().untilAsserted(() ->
                assertThat(media(told.id).asString())
                        .isEqualTo(
                                three
                                        + "#EXT-X-DISCONTINUITY\n"
                                        + "#EXT-X-PROGRAM-DATE-TIME:"
                                        + "2026-03-01T10:00:06.000Z\n#EXT-X-GAP\n"
                                        + "#EXTINF:2.000000,\n3-gap.ts\n"
                                        + "#EXT-X-ENDLIST\n"));
        media(told.id).then().header("Cache-Control", "public, max-age=30");
        given().get("/hls/{id}/720p/3-gap.ts", told.id).then().statusCode(404);
    }

    @Test
    void theMasterSaysWhatWasMeasured() {
        Told told = Told.ready(stage, 1);
        await().untilAsserted(() -> master(told.id).then().statusCode(200));
        master(told.id)
                .then()
                .contentType(startsWith("application/vnd.apple.mpegurl"))
                .header("Access-Control-Allow-Origin", "*")
                .header("X-Content-Type-Options", "nosniff")
                .body(
                        equalTo(
                                """
                                #EXTM3U
                                #EXT-X-VERSION:6
                                #EXT-X-INDEPENDENT-SEGMENTS
                                #EXT-X-STREAM-INF:BANDWIDTH=36,AVERAGE-BANDWIDTH=36,\
                                CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30.000
                                720p/index.m3u8?generation=1
                                """));
    }

    @Test
    void isNotSentAgainUntilItChanges() {
        Told told = new Told(stage).opened("", "video/webm").rendition().segment(0, 0, "aaaa");
        await().untilAsserted(() -> media(told.id).then().statusCode(200));
        for (String path : List.of("master.m3u8", "720p/index.m3u8")) {
            String url = "/hls/%s/%s".formatted(told.id, path);
            String tag = given().get(url).header("ETag");
            given().header("If-None-Match", tag)
                    .get(url)
                    .then()
                    .statusCode(304)
                    .header("ETag", tag)
                    .header("Cache-Control", "public, max-age=1");
            given().header("If-None-Match", "\"other\"").get(url).then().statusCode(200);
        }
        String before = media(told.id).header("ETag");
        told.segment(1, 0, "bbbb");
        await().untilAsserted(() ->
                given().header("If-None-Match", before)
                        .get("/hls/{id}/720p/index.m3u8", told.id)
                        .then()
                        .statusCode(200)
                        .body(containsString("1-d10001.ts")));
    }

    @Test
    void aLaterGenerationTakesOverWhole() {
        Told told = Told.ready(stage, 2);
        await().untilAsserted(() -> media(told.id).then().body(containsString("ENDLIST")));
        told.rendition(2).segment(2, 0, 0, new byte[] {1});
        told.segment(2, 1, 0, new byte[] {2}).ended(2, 2);
        await().untilAsserted(() ->
                media(told.id)
                        .then()
                        .body(containsString("0-d20000.ts"))
                        .body(containsString("1-d20001.ts"))
                        .body(not(containsString("d10"))));
        given().get("/hls/{id}/720p/0-d10000.ts", told.id).then().statusCode(200);
    }

    @Test
    void whatIsPlayedStaysTheSameGeneration() {
        Told told = Told.ready(stage, 2);
        await().untilAsserted(() -> media(told.id).then().body(containsString("ENDLIST")));
        String before = media(told.id, 1).then().statusCode(200).extract().asString();
        told.rendition(2).segment(2, 0, 0, new byte[] {1});
        told.segment(2, 1, 0, new byte[] {2}).ended(2, 2);

        await().untilAsserted(() ->
                master(told.id).then().body(containsString("720p/index.m3u8?generation=2")));

        assertThat(media(told.id, 1).asString()).isEqualTo(before);
        media(told.id, 2).then().body(containsString("0-d20000.ts"));
        media(told.id, 3).then().statusCode(404).body("code", equalTo("rendition-not-found"));
    }

    @Test
    void saysWhenThereIsNothing() {
        given().get("/hls/unheard-of/master.m3u8")
                .then()
                .statusCode(404)
                .body("code", equalTo("session-not-found"));
        Told told = Told.ready(stage, 1);
        await().untilAsserted(() -> media(told.id).then().statusCode(200));
        given().get("/hls/{id}/4320p/index.m3u8", told.id)
                .then()
                .statusCode(404)
                .body("code", equalTo("rendition-not-found"));
        Told empty = new Told(stage).opened("", "video/webm").completed();
        await().untilAsserted(() ->
                master(empty.id)
                        .then()
                        .statusCode(404)
                        .body("code", equalTo("nothing-to-play"))
                        .header("Retry-After", equalTo(null)));
    }

    @Test
    void headAnswersLikeGetWithoutTheBody() throws Exception {
        Told told = Told.ready(stage, 1);
        await().untilAsserted(() -> media(told.id).then().statusCode(200));
        for (String path : List.of("master.m3u8", "720p/index.m3u8")) {
            String url = "/hls/%s/%s".formatted(told.id, path);
            given().head(url)
                    .then()
                    .statusCode(200)
                    .contentType(startsWith("application/vnd.apple.mpegurl"))
                    .header("ETag", given().get(url).header("ETag"))
                    .body(equalTo(""));
        }
    }

    @Test
    void isCompressedForWhoeverWantsIt() throws Exception {
        Told told = Told.ready(stage, 30);
        await().untilAsserted(() -> media(told.id).then().body(containsString("ENDLIST")));
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            Stage.uri("/hls/%s/720p/index.m3u8".formatted(told.id)))
                                    .header("Accept-Encoding", "gzip")
                                    .build(),
                            BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
            try (var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
                assertThat(
                                new String(
                                        plain.readAllBytes(),
                                        java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo(media(told.id).asString());
            }
        }
    }

    private static String playlist(String... files) {
        var text = new StringBuilder(Golden.golden("live.m3u8").split("#EXTINF", 2)[0]);
        for (String file : files) {
            text.append(file.startsWith("!") ? SECOND_RUN : "")
                    .append("#EXTINF:2.000000,\n")
                    .append(file.replace("!", ""))
                    .append('\n');
        }
        return text.toString();
    }

    private static void notYet(String id) {
        master(id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .header("Cache-Control", "no-store")
                .body("code", equalTo("not-yet-playable"));
        media(id).then().statusCode(404).body("code", equalTo("not-yet-playable"));
    }

    private static Response master(String id) {
        return given().get("/hls/{id}/master.m3u8", id);
    }

    private static Response media(String id) {
        return given().get("/hls/{id}/720p/index.m3u8", id);
    }

    private static Response media(String id, int generation) {
        return given().queryParam("generation", generation).get("/hls/{id}/720p/index.m3u8", id);
    }
}
