package io.tapedeck.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Story;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.ingest.upload.TusApi.File;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the text of tus leaves to the server: who may, and what becomes of the bytes.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill it
class TusSessionIT {

    private static final byte[] HELLO = TusApi.bytes("hello world");

    @Inject ObjectStore objects;
    @Inject DataSource database;

    private StoredLog log;

    @BeforeEach
    void readsTheLog() {
        log = new StoredLog(database, objects);
    }

    @Test
    void onlyTheOwnerCreatesAndTheTokenWrites() throws Exception {
        TusApi.speaking().header("Upload-Length", 1).post(TusApi.FILES).then().statusCode(401);
        File file = TusApi.create(11);
        File other = TusApi.create(11);
        for (String token : List.of("", other.token(), file.id())) {
            TusApi.withToken(token).head(file.path()).then().statusCode(401);
            TusApi.withToken(token)
                    .header("Upload-Offset", 0)
                    .contentType(TusApi.OFFSET_STREAM)
                    .body(HELLO)
                    .patch(file.path())
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("upload-denied"));
            TusApi.withToken(token).delete(file.path()).then().statusCode(401);
        }
        TusApi.withToken(file.token()).head(file.path()).then().statusCode(200);
        TusApi.withToken(file.token())
                .header("Upload-Offset", 0)
                .contentType(TusApi.OFFSET_STREAM)
                .body(HELLO)
                .patch(file.path())
                .then()
                .statusCode(204);
        TusApi.speaking()
                .cookie("tapedeck-owner", NeighboursResource.OWNER_KEY)
                .head(file.path())
                .then()
                .statusCode(200);
        TusApi.withToken(other.token()).delete(other.path()).then().statusCode(204);
    }

    @Test
    void noOtherDoorWritesTheSessionOfAnUpload() {
        File file = TusApi.create(11);
        TusApi.withToken(file.token())
                .contentType("video/webm")
                .body(HELLO)
                .put("/api/v1/sessions/" + file.id() + "/chunks/0")
                .then()
                .statusCode(401);
        TusApi.withToken(file.token())
                .contentType("application/json")
                .post("/api/v1/sessions/" + file.id() + "/complete")
                .then()
                .statusCode(401);
    }

    @Test
    void theStoryIsThatOfAFile() {
        File file =
                TusApi.created(
                        TusApi.owner()
                                .header("Upload-Length", 11)
                                .header(
                                        "Upload-Metadata",
                                        "filename %s,filetype %s"
                                                .formatted(
                                                        TusApi.base64("C:\\films\\a.webm"),
                                                        TusApi.base64("video/webm")))
                                .post(TusApi.FILES));
        file.patch(0, TusApi.bytes("hello")).then().statusCode(204);
        file.patch(5, TusApi.bytes(" world")).then().statusCode(204);
        TusApi.awaitCompleted(file.id(), 1);
        List<SessionEvent> story = Story.of(file.id());
        assertThat(Story.words(file.id())).containsExactly("Opened", "ChunkStored", "Completed");
        var opened = (SessionEvent.Opened) story.getFirst();
        assertThat(opened.title()).isEqualTo("a.webm");
        assertThat(opened.mimeType()).isEqualTo("video/webm");
        assertThat(opened.live()).isFalse();
    }

    @Test
    void theOwnerDeletesTheSessionAndItsUploadIsGone() {
        File file = TusApi.create(11);
        file.patch(0, TusApi.bytes("hello")).then().statusCode(204);
        String session = "/api/v1/sessions/" + file.id();
        TusApi.owner().delete(session).then().statusCode(200);
        file.head().then().statusCode(410);
        file.patch(5, TusApi.bytes(" world")).then().statusCode(410);
        TusApi.owner().post(session + "/restore").then().statusCode(200);
        file.patch(5, TusApi.bytes(" world")).then().statusCode(204);
        TusApi.awaitCompleted(file.id(), 1);
        file.head()
                .then()
                .header("Upload-Expires", nullValue())
                .header("Upload-Offset", notNullValue());
    }

    @Test
    void smallRequestsMakeNoSmallChunks() throws Exception {
        byte[] bytes = TusApi.random(2_200_000, 9);
        File file = TusApi.create(bytes.length);
        int step = 50_000;
        for (int at = 0; at < bytes.length; at += step) {
            int end = Math.min(bytes.length, at + step);
            file.patch(at, Arrays.copyOfRange(bytes, at, end)).then().statusCode(204);
        }
        assertThat(log.bytes(file.id())).isEqualTo(bytes);
        assertThat(log.rows(file.id())).hasSize(3);
        assertThat(log.objects(file.id())).hasSize(3);
    }
}
