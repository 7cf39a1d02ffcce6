package io.tapedeck.ingest.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.RawUpload;
import io.tapedeck.ingest.Story;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Files in forms.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill it
class FormIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String UPLOADS = "/api/v1/uploads";
    private static final byte[] FILE = TusApi.random(9_500_000, 5);

    @Inject ObjectStore objects;
    @Inject DataSource database;
    @TestHTTPResource URI address;

    private StoredLog log;

    @BeforeEach
    void readsTheLog() {
        log = new StoredLog(database, objects);
    }

    @Test
    void aFileBecomesACompletedSession() throws Exception {
        Response answer =
                Api.owner()
                        .multiPart("title", "A day")
                        .multiPart("file", "day.webm", FILE, "video/webm")
                        .post(UPLOADS);
        answer.then()
                .statusCode(201)
                .body("state", equalTo("completing"))
                .body("title", equalTo("A day"))
                .body("mimeType", equalTo("video/webm"))
                .body("sizeBytes", equalTo(FILE.length))
                .body("chunks", equalTo(3))
                .body("playlistUrl", endsWith("/hls/" + answer.path("id") + "/master.m3u8"))
                .body("watchUrl", endsWith("/watch/" + answer.path("id")))
                .body("sourceUrl", endsWith("/media/" + answer.path("id") + "/source"))
                .header("Location", endsWith("/api/v1/sessions/" + answer.path("id")));
        String id = answer.path("id");
        assertThat(log.bytes(id)).isEqualTo(FILE);
        assertThat(log.objects(id)).hasSize(3);
        await().atMost(LONG).until(() -> Story.words(id).contains("Completed"));
        List<SessionEvent> story = Story.of(id);
        assertThat(((SessionEvent.Opened) story.getFirst()).live()).isFalse();
        assertThat(((SessionEvent.Completed) story.getLast()).chunkCount()).isEqualTo(3);
        // It has one door, and that is closed.
        TusApi.owner()
                .header("Upload-Offset", FILE.length)
                .contentType(TusApi.OFFSET_STREAM)
                .body(new byte[0])
                .patch(TusApi.FILES + "/" + id)
                .then()
                .statusCode(403);
    }

    @Test
    void aSimpleClientGetsThePlaylist() throws Exception {
        Response answer = Api.owner().multiPart("file", "a.webm", FILE).post("/upload");
        answer.then()
                .statusCode(200)
                .body("playlist", endsWith("/hls/" + answer.path("id") + "/master.m3u8"));
        assertThat(log.bytes(answer.path("id"))).isEqualTo(FILE);
    }

    @Test
    void aFileMayBeEmptyAndItsNameDangerous() throws Exception {
        Response answer =
                Api.owner()
                        .multiPart("file", "../../etc/<b>x</b>.webm", new byte[0], "text/html")
                        .post(UPLOADS);
        answer.then()
                .statusCode(201)
                .body("title", equalTo("b>.webm"))
                .body("mimeType", equalTo("application/octet-stream"))
                .body("sizeBytes", equalTo(0));
    }

    @Test
    void onlyTheOwnerSendsFiles() {
        for (String path : List.of(UPLOADS, "/upload")) {
            given().multiPart("file", "a", new byte[1])
                    .post(path)
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("owner-only"));
        }
    }

    @Test
    void otherBodiesAreRefusedInWords() throws IOException {
        Api.owner()
                .contentType("application/json")
                .body("{}")
                .post(UPLOADS)
                .then()
                .statusCode(415)
                .body("code", equalTo("upload-type-wrong"));
        Api.owner()
                .multiPart("video", "a.webm", new byte[1])
                .post(UPLOADS)
                .then()
                .statusCode(400)
                .body("code", equalTo("file-missing"));
        Api.owner()
                .multiPart("video", "a.webm", new byte[100_000])
                .post(UPLOADS)
                .then()
                .statusCode(400)
                .body("code", equalTo("form-malformed"));
    }

    @Test
    void twoFilesInOneFormLeaveNothing() throws Exception {
        Api.owner()
                .multiPart("file", "twice.webm", new byte[10])
                .multiPart("file", "twice.webm", new byte[10])
                .post(UPLOADS)
                .then()
                .statusCode(400)
                .body("code", equalTo("form-malformed"));
        assertThat(hidden("twice.webm")).isEqualTo("t");
    }

    @Test
    void aFormThatIsCutLeavesNothing() throws Exception {
        String head =
                "POST %s HTTP/1.1\r\nAuthorization: Bearer %s\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 20000000\r\n"
                        .formatted(UPLOADS, NeighboursResource.OWNER_KEY);
        try (var upload = new RawUpload(address.getPort(), head)) {
            upload.send(
                    Api.bytes(
                            "--x\r\nContent-Disposition: form-data; name=file;"
                                    + " filename=cut.webm\r\n\r\n"));
            upload.send(FILE);
            await().atMost(LONG).until(() -> !hidden("cut.webm").equals("none"));
            assertThat(hidden("cut.webm")).isEqualTo("f");
        }
        await().atMost(LONG).until(() -> hidden("cut.webm").equals("t"));
    }

    private String hidden(String title) throws Exception {
        return log.ask("select hidden_at is not null from session where title = ?", title);
    }
}
