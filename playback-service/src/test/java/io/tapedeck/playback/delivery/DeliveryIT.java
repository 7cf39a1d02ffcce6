package io.tapedeck.playback.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TaskState;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class DeliveryIT {

    private static final String SEGMENT = "/hls/{id}/720p/{n}-{digest}.ts";

    @Inject Stage stage;

    @Test
    void aSegmentNeverChanges() {
        byte[] content = bytes(3_000_000);
        Told told = new Told(stage).opened("", "video/webm").rendition();
        told.segment(1, 0, 0, content);
        awaitSegment(told.id);

        var answer = given().get(SEGMENT, told.id, 0, "d10000").then();
        answer.statusCode(200)
                .contentType("video/mp2t")
                .header("Content-Length", "3000000")
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("ETag", "\"d10000\"")
                .header("Accept-Ranges", "bytes")
                .header("Access-Control-Allow-Origin", "*")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Encoding", nullValue());
        assertThat(answer.extract().asByteArray()).isEqualTo(content);
    }

    @Test
    void segmentsComeInParts() {
        byte[] content = bytes(100_000);
        Told told = new Told(stage).opened("", "video/webm").rendition();
        told.segment(1, 0, 0, content);
        awaitSegment(told.id);

        assertPart(told.id, "bytes=0-0", content, 0, 0);
        assertPart(told.id, "bytes=500-99999", content, 500, 99_999);
        assertPart(told.id, "bytes=99990-", content, 99_990, 99_999);
        assertPart(told.id, "bytes=-7", content, 99_993, 99_999);
        given().header("Range", "bytes=100000-")
                .get(SEGMENT, told.id, 0, "d10000")
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */100000");
        given().header("Range", "bytes=0-1")
                .header("If-Range", "\"other\"")
                .get(SEGMENT, told.id, 0, "d10000")
                .then()
                .statusCode(200)
                .header("Content-Length", "100000");
        given().header("Range", "bytes=0-1")
                .header("If-Range", "\"d10000\"")
                .get(SEGMENT, told.id, 0, "d10000")
                .then()
                .statusCode(206);
    }

    @Test
    void segmentsAreNotSentTwice() {
        Told told = Told.ready(stage, 1);
        awaitSegment(told.id);
        given().header("If-None-Match", "\"d10000\"")
                .header("Range", "bytes=0-1")
                .get(SEGMENT, told.id, 0, "d10000")
                .then()
                .statusCode(304)
                .header("ETag", "\"d10000\"")
                .header("Cache-Control", containsString("immutable"))
                .body(equalTo(""));
    }

    @Test
    void headSaysHowMuchThereIs() {
        Told told = Told.ready(stage, 1);
        awaitSegment(told.id);
        given().head(SEGMENT, told.id, 0, "d10000")
                .then()
                .statusCode(200)
                .contentType("video/mp2t")
                .header("Content-Length", "9")
                .header("ETag", "\"d10000\"");
        given().head("/media/{id}/source", told.id)
                .then()
                .statusCode(200)
                .header("Content-Length", "7");
        given().header("Range", "bytes=0-0")
                .head("/media/{id}/source", told.id)
                .then()
                .statusCode(200)
                .header("Content-Length", "7");
    }

    @Test
    void whatWasNeverAnnouncedIsNotThere() {
        Told told = Told.ready(stage, 1);
        awaitSegment(told.id);
        for (String file : new String[] {"0-ffff", "1-d10000", "99999999999999999-d10000"}) {
            given().get("/hls/{id}/720p/" + file + ".ts", told.id)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("segment-not-found"));
        }
        given().get("/hls/{id}/480p/0-d10000.ts", told.id).then().statusCode(404);
        given().get("/hls/{id}/720p/0-..%2f..%2fetc.ts", told.id).then().statusCode(404);
    }

    @Test
    void otherSitesMayLookButNotTouch() {
        given().header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "range")
                .options("/hls/x/720p/0-d10000.ts")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                .header("Access-Control-Allow-Headers", containsString("Range"));
        given().header("Origin", "https://elsewhere.example")
                .get("/api/v1/sign-in")
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void aLostObjectIsSaidBeforeTheFirstByte() {
        Told told = new Told(stage).opened("", "video/webm").rendition();
        told.task(
                UUID.randomUUID().toString(), TaskState.SUCCEEDED, 1, "media/lost.mp4", 1000, null);
        await().untilAsserted(() ->
                given().get("/media/{id}/recording.mp4", told.id)
                        .then()
                        .statusCode(404)
                        .body("code", equalTo("object-gone")));
    }

    @Test
    void theRecordingIsTheNewestExport() {
        Told told = Told.ready(stage, 1);
        awaitSegment(told.id);
        given().get("/media/{id}/recording.mp4", told.id)
                .then()
                .statusCode(404)
                .body("code", equalTo("no-recording"));

        String taskId = UUID.randomUUID().toString();
        String key = SegmentKeys.export(told.id, taskId, "1", "mp4");
        byte[] content = bytes(50_000);
        stage.store(key, content);
        told.task(taskId, TaskState.SUCCEEDED, 1, key, content.length, null);
        await().untilAsserted(() ->
                given().get("/media/{id}/recording.mp4", told.id).then().statusCode(200));

        var whole = given().get("/media/{id}/recording.mp4?download", told.id).then();
        whole.contentType("video/mp4")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"A talk.mp4\"; filename*=UTF-8''A%20talk.mp4")
                .header("Cache-Control", "public, no-cache");
        assertThat(whole.extract().asByteArray()).isEqualTo(content);
        var part =
                given().header("Range", "bytes=1000-1999")
                        .get("/media/{id}/recording.mp4", told.id)
                        .then()
                        .statusCode(206)
                        .header("Content-Range", "bytes 1000-1999/50000")
                        .header("Content-Disposition", nullValue());
        assertThat(part.extract().asByteArray()).isEqualTo(Arrays.copyOfRange(content, 1000, 2000));
        given().get("/api/v1/sessions/{id}", told.id)
                .then()
                .body("downloadUrl", equalTo("/media/" + told.id + "/recording.mp4?download"));
    }

    @Test
    void theSourceIsTheChunksOfARun() {
        Told told =
                new Told(stage)
                        .opened("Žluť", "video/webm; codecs=vp8")
                        .chunk(0, "one ")
                        .chunk(0, "")
                        .chunk(0, "two ")
                        .chunk(0, "three")
                        .chunk(1, "another run");
        await().untilAsserted(() ->
                given().get("/api/v1/sessions/{id}", told.id).then().body("chunks", equalTo(5)));

        given().get("/media/{id}/source", told.id)
                .then()
                .statusCode(200)
                .contentType("video/webm")
                .body(equalTo("one two three"));
        given().header("Range", "bytes=2-8")
                .get("/media/{id}/source", told.id)
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 2-8/13")
                .body(equalTo("e two t"));
        given().get("/media/{id}/source?run=1&download", told.id)
                .then()
                .header("Content-Disposition", containsString("UTF-8''%C5%BDlu%C5%A5.webm"))
                .body(equalTo("another run"));
        given().get("/media/{id}/source?run=2", told.id)
                .then()
                .statusCode(404)
                .body("code", equalTo("no-source"));
    }

    @Test
    void theSourceHasAnotherTagWhenItGrew() {
        Told told = new Told(stage).opened("", "text/html").chunk(0, "<script>");
        await().untilAsserted(
                        () -> given().get("/media/{id}/source", told.id).then().statusCode(200));
        var first = given().get("/media/{id}/source", told.id);
        assertThat(first.contentType()).isEqualTo("application/octet-stream");
        told.chunk(0, "more");
        await().untilAsserted(() ->
                given().header("If-None-Match", first.header("ETag"))
                        .get("/media/{id}/source", told.id)
                        .then()
                        .statusCode(200)
                        .body(equalTo("<script>more")));
    }

    private static void assertPart(String id, String range, byte[] whole, int first, int last) {
        var part =
                given().header("Range", range)
                        .get(SEGMENT, id, 0, "d10000")
                        .then()
                        .statusCode(206)
                        .header(
                                "Content-Range",
                                "bytes %d-%d/%d".formatted(first, last, whole.length))
                        .header("Content-Length", Integer.toString(last - first + 1));
        assertThat(part.extract().asByteArray())
                .isEqualTo(Arrays.copyOfRange(whole, first, last + 1));
    }

    private static void awaitSegment(String id) {
        await().untilAsserted(() -> given().head(SEGMENT, id, 0, "d10000").then().statusCode(200));
    }

    private static byte[] bytes(int length) {
        var content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
