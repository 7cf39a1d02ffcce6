package io.tapedeck.ingest.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.upload.TusApi.File;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The core of tus 1.0.0, rule by rule: each test is named by what the text demands of a server, in
/// the order of the text. https://tus.io/protocols/resumable-upload
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill it
class TusCoreIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] HELLO = TusApi.bytes("hello world");

    @Inject ObjectStore objects;
    @Inject DataSource database;
    @TestHTTPResource URI address;

    private StoredLog log;

    @BeforeEach
    void readsTheLog() {
        log = new StoredLog(database, objects);
    }

    // Headers

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.0", ""})
    void theOffsetMustBeANonNegativeInteger(String offset) {
        File file = TusApi.create(11);
        TusApi.owner()
                .header("Upload-Offset", offset)
                .contentType(TusApi.OFFSET_STREAM)
                .body(HELLO)
                .patch(file.path())
                .then()
                .statusCode(400)
                .body("code", equalTo("upload-header-invalid"));
        assertThat(file.offset()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.0"})
    void theLengthMustBeANonNegativeInteger(String length) {
        TusApi.owner()
                .header("Upload-Length", length)
                .post(TusApi.FILES)
                .then()
                .statusCode(400)
                .body("code", equalTo("upload-header-invalid"));
    }

    @Test
    void everyAnswerMustNameTheVersion() {
        File file = TusApi.create(11);
        for (Response answer :
                List.of(
                        TusApi.owner().header("Upload-Length", 1).post(TusApi.FILES),
                        file.head(),
                        file.patch(0, HELLO),
                        file.patch(5, HELLO),
                        TusApi.owner().head(TusApi.FILES + "/nosuchupload"),
                        TusApi.speaking().head(file.path()),
                        file.delete(),
                        given().options(TusApi.FILES))) {
            assertThat(answer.header("Tus-Resumable")).isEqualTo("1.0.0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.2.2", "1.0.1", "2.0.0", ""})
    void anotherVersionMustBeAnswered412WithTheOwnAndNotProcessed(String version) {
        File file = TusApi.create(11);
        given().header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY)
                .header("Tus-Resumable", version)
                .header("Upload-Offset", 0)
                .contentType(TusApi.OFFSET_STREAM)
                .body(HELLO)
                .patch(file.path())
                .then()
                .statusCode(412)
                .header("Tus-Version", "1.0.0")
                .body("code", equalTo("tus-version-unsupported"));
        assertThat(file.offset()).isZero();
        given().head(file.path()).then().statusCode(412).header("Tus-Version", "1.0.0");
    }

    @Test
    void theOverridingMethodMustBeTakenAndTheActualOneIgnored() throws Exception {
        File file = TusApi.create(11);
        file.patching(0)
                .header("X-HTTP-Method-Override", "PATCH")
                .body(HELLO)
                .post(file.path())
                .then()
                .statusCode(204)
                .header("Upload-Offset", "11");
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);
        TusApi.owner()
                .header("X-HTTP-Method-Override", "HEAD")
                .post(file.path())
                .then()
                .statusCode(200)
                .header("Upload-Offset", "11");
        TusApi.owner()
                .header("X-HTTP-Method-Override", "DELETE")
                .post(file.path())
                .then()
                .statusCode(204);
        file.head().then().statusCode(410);
    }

    // HEAD

    @Test
    void headMustTellTheOffsetEvenIfItIsZeroOrTheUploadComplete() {
        File file = TusApi.create(11);
        file.head().then().statusCode(200).header("Upload-Offset", "0");
        file.patch(0, HELLO).then().statusCode(204);
        file.head().then().statusCode(200).header("Upload-Offset", "11");
    }

    @Test
    void headMustTellTheLengthWhenItIsKnown() {
        TusApi.create(11).head().then().header("Upload-Length", "11");
    }

    @Test
    void headMustNotBeCached() {
        TusApi.create(11).head().then().header("Cache-Control", "no-store");
    }

    @Test
    void headOfNothingHasNoOffset() {
        TusApi.owner()
                .head(TusApi.FILES + "/nosuchupload")
                .then()
                .statusCode(404)
                .header("Upload-Offset", nullValue());
    }

    // PATCH

    @Test
    void patchMustAppendAtTheOffsetAndAnswer204WithTheNewOne() throws Exception {
        File file = TusApi.create(11);
        file.patch(0, TusApi.bytes("hello")).then().statusCode(204).header("Upload-Offset", "5");
        file.patch(5, TusApi.bytes(" world"))
                .then()
                .statusCode(204)
                .header("Upload-Offset", "11")
                .header("Upload-Expires", nullValue());
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "video/webm", "text/plain"})
    void patchMustUseTheTypeOfOffsetStreams(String type) {
        File file = TusApi.create(11);
        TusApi.owner()
                .header("Upload-Offset", 0)
                .contentType(type)
                .body(HELLO)
                .patch(file.path())
                .then()
                .statusCode(415)
                .body("code", equalTo("upload-type-wrong"));
        assertThat(file.offset()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 6, 11, 12})
    void anotherOffsetMustBeAnswered409WithoutChange(long offset) {
        File file = TusApi.create(11);
        file.patch(0, TusApi.bytes("hello")).then().statusCode(204);
        file.patch(offset, TusApi.bytes("!"))
                .then()
                .statusCode(409)
                .body("code", equalTo("upload-offset-wrong"))
                .body("offset", equalTo(5));
        assertThat(file.offset()).isEqualTo(5);
    }

    @Test
    void patchOfNothingIs404() {
        new File("nosuchupload", TusApi.FILES + "/nosuchupload", "")
                .patch(0, HELLO)
                .then()
                .statusCode(404)
                .body("code", equalTo("upload-unknown"));
    }

    @Test
    void whatCameBeforeACutIsKept() throws Exception {
        byte[] bytes = TusApi.random(9_000_000, 7);
        File file = TusApi.create(bytes.length);
        try (var upload = file.raw(port(), 0, "Content-Length: " + bytes.length)) {
            upload.send(Arrays.copyOf(bytes, 5_000_000));
            await().atMost(LONG).until(() -> file.offset() > 0);
        }
        assertThat(file.offset()).isBetween(4L << 20, 5_000_000L);
        // The last of it may still be on its way to the store: then the client asks once more.
        await().atMost(LONG)
                .until(() -> {
                    int kept = (int) file.offset();
                    byte[] rest = Arrays.copyOfRange(bytes, kept, bytes.length);
                    return file.patch(kept, rest).statusCode() == 204;
                });
        assertThat(log.bytes(file.id())).isEqualTo(bytes);
    }

    @Test
    void moreBytesThanTheLengthAreRefused() throws Exception {
        File file = TusApi.create(5);
        file.patch(0, HELLO).then().statusCode(413).body("code", equalTo("upload-overlong"));
        assertThat(file.offset()).isZero();
        try (var upload = file.raw(port(), 0, "Transfer-Encoding: chunked")) {
            upload.sendPiece(HELLO);
            upload.send(TusApi.bytes("0\r\n\r\n"));
            assertThat(upload.status()).isEqualTo(413);
        }
        assertThat(file.offset()).isZero();
        file.patch(0, TusApi.bytes("hello")).then().statusCode(204);
        file.patch(5, TusApi.bytes("!")).then().statusCode(413);
        file.patch(5, new byte[0]).then().statusCode(204).header("Upload-Offset", "5");
    }

    @Test
    void ofTwoThatAppendTheLaterOneGoesOn() throws Exception {
        File file = TusApi.create(11);
        try (var stuck = file.raw(port(), 0, "Content-Length: 11")) {
            stuck.send(TusApi.bytes("HEL"));
            log.awaitWriter(file.id());
            file.patch(0, TusApi.bytes("hello")).then().statusCode(204);
            stuck.send(TusApi.bytes("LO WORLD"));
            assertThat(stuck.status()).isEqualTo(423);
        }
        file.patch(5, TusApi.bytes(" world")).then().statusCode(204);
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);
    }

    // OPTIONS

    @Test
    void optionsMustTellVersionsAndMayTellTheRest() {
        for (String path : List.of(TusApi.FILES, TusApi.FILES + "/anything")) {
            given().header("Tus-Resumable", "9.9.9")
                    .options(path)
                    .then()
                    .statusCode(204)
                    .header("Tus-Version", "1.0.0")
                    .header("Tus-Max-Size", Long.toString(64L << 30))
                    .header("Tus-Checksum-Algorithm", "sha1,sha256");
        }
    }

    @Test
    void everyExtensionMustBeAnnounced() {
        String extensions = given().options(TusApi.FILES).header("Tus-Extension");
        assertThat(extensions.split(","))
                .containsExactlyInAnyOrder(
                        "creation",
                        "creation-with-upload",
                        "creation-defer-length",
                        "expiration",
                        "checksum",
                        "termination",
                        "concatenation");
    }

    private int port() {
        return address.getPort();
    }
}
