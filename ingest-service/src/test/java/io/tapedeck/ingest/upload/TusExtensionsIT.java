package io.tapedeck.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Story;
import io.tapedeck.ingest.upload.TusApi.File;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The extensions of tus 1.0.0, rule by rule: each test is named by what the text demands of a
/// server, in the order of the text. https://tus.io/protocols/resumable-upload
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill it
class TusExtensionsIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] HELLO = TusApi.bytes("hello world");
    private static final String HELLO_SHA1 = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=";

    @Inject ObjectStore objects;
    @Inject DataSource database;
    @TestHTTPResource URI address;

    private StoredLog log;

    @BeforeEach
    void readsTheLog() {
        log = new StoredLog(database, objects);
    }

    // Creation

    @Test
    void creationMustAnswer201WithTheAddress() {
        Response answer =
                TusApi.owner()
                        .header("X-Forwarded-Host", "tape.example.org")
                        .header("X-Forwarded-Proto", "https")
                        .header("Upload-Length", 11)
                        .post(TusApi.FILES);
        String id = answer.path("id");
        answer.then()
                .statusCode(201)
                .header("Location", "https://tape.example.org" + TusApi.FILES + "/" + id)
                .header("Upload-Offset", nullValue())
                .body("id", matchesPattern("[0-9a-z]{26}"))
                .body("uploadToken", matchesPattern("[A-Za-z0-9_-]{43}"))
                .body("playlistUrl", containsString("/hls/" + id + "/master.m3u8"))
                .body("watchUrl", containsString("/watch/" + id));
    }

    @Test
    void creationMustHaveALengthOrDeferIt() {
        TusApi.owner().post(TusApi.FILES).then().statusCode(400);
        TusApi.owner()
                .header("Upload-Length", 1)
                .header("Upload-Defer-Length", 1)
                .post(TusApi.FILES)
                .then()
                .statusCode(400);
    }

    @Test
    void deferLengthMustBeOne() {
        TusApi.owner()
                .header("Upload-Defer-Length", 2)
                .post(TusApi.FILES)
                .then()
                .statusCode(400)
                .body("code", equalTo("upload-header-invalid"));
    }

    @Test
    void aDeferredLengthMustBeSaidInHeadUntilItIsKnownAndMustNotChange() throws Exception {
        File file =
                TusApi.created(TusApi.owner().header("Upload-Defer-Length", 1).post(TusApi.FILES));
        file.head().then().header("Upload-Defer-Length", "1").header("Upload-Length", nullValue());
        file.patch(0, TusApi.bytes("hello")).then().statusCode(204);
        file.head().then().header("Upload-Defer-Length", "1").header("Upload-Offset", "5");
        file.patching(5)
                .header("Upload-Length", 11)
                .body(TusApi.bytes(" wor"))
                .patch(file.path())
                .then()
                .statusCode(204);
        file.head().then().header("Upload-Defer-Length", nullValue()).header("Upload-Length", "11");
        file.patching(9)
                .header("Upload-Length", 12)
                .body(TusApi.bytes("ld"))
                .patch(file.path())
                .then()
                .statusCode(409)
                .body("code", equalTo("upload-length-fixed"));
        file.patch(9, TusApi.bytes("ld")).then().statusCode(204);
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);
        TusApi.awaitCompleted(file.id(), 1);
    }

    @Test
    void aDeferredLengthThatIsReachedAlreadyCompletes() throws Exception {
        File file =
                TusApi.created(TusApi.owner().header("Upload-Defer-Length", 1).post(TusApi.FILES));
        file.patch(0, HELLO).then().statusCode(204);
        file.patching(11)
                .header("Upload-Length", 11)
                .body(new byte[0])
                .patch(file.path())
                .then()
                .statusCode(204)
                .header("Upload-Offset", "11");
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);
        TusApi.awaitCompleted(file.id(), 1);
    }

    @Test
    void metadataMustComeBackInHeadAsItWasSent() {
        String metadata = "filename " + TusApi.base64("ein Tag.webm") + ",is_confidential";
        File file =
                TusApi.created(
                        TusApi.owner()
                                .header("Upload-Length", 1)
                                .header("Upload-Metadata", metadata)
                                .post(TusApi.FILES));
        file.head().then().header("Upload-Metadata", metadata);
        TusApi.create(1).head().then().header("Upload-Metadata", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename %%%", "a YQ==,a YQ==", ",", "key with spaces"})
    void metadataMustBeUniqueKeysAndBase64(String metadata) {
        TusApi.owner()
                .header("Upload-Length", 1)
                .header("Upload-Metadata", metadata)
                .post(TusApi.FILES)
                .then()
                .statusCode(400)
                .body("code", equalTo("upload-header-invalid"));
    }

    @Test
    void metadataHasALimit() {
        TusApi.owner()
                .header("Upload-Length", 1)
                .header("Upload-Metadata", "a " + "A".repeat(4096))
                .post(TusApi.FILES)
                .then()
                .statusCode(431)
                .body("code", equalTo("upload-metadata-too-large"));
    }

    @Test
    void tooLongALengthMustBeAnswered413() {
        TusApi.owner()
                .header("Upload-Length", (64L << 30) + 1)
                .post(TusApi.FILES)
                .then()
                .statusCode(413)
                .body("code", equalTo("upload-too-large"))
                .body("maxBytes", equalTo(64L << 30));
    }

    @Test
    void anEmptyFileIsCompleteAtOnce() {
        File file = TusApi.create(0);
        file.head().then().header("Upload-Offset", "0").header("Upload-Length", "0");
        TusApi.awaitCompleted(file.id(), 0);
    }

    // Creation With Upload

    @Test
    void creationWithBytesMustTellTheOffset() throws Exception {
        Response part = creating(11, TusApi.bytes("hello"));
        part.then().statusCode(201).header("Upload-Offset", "5");
        File file = TusApi.created(part);
        file.patch(5, TusApi.bytes(" world")).then().statusCode(204);
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);

        Response all = creating(11, HELLO);
        all.then().statusCode(201).header("Upload-Offset", "11");
        assertThat(log.bytes(TusApi.created(all).id())).isEqualTo(HELLO);
        creating(11, new byte[0]).then().statusCode(201).header("Upload-Offset", "0");
    }

    @Test
    void creationWithTooManyBytesLeavesNothing() {
        creating(5, HELLO).then().statusCode(413).body("code", equalTo("upload-overlong"));
    }

    private static Response creating(long length, byte[] bytes) {
        return TusApi.owner()
                .header("Upload-Length", length)
                .contentType(TusApi.OFFSET_STREAM)
                .body(bytes)
                .post(TusApi.FILES);
    }

    // Expiration

    @Test
    void anUploadThatWillExpireMustSayWhenAtItsCreationAndInEveryPatch() {
        Response created = TusApi.owner().header("Upload-Length", 11).post(TusApi.FILES);
        File file = TusApi.created(created);
        for (Response answer :
                List.of(created, file.patch(0, TusApi.bytes("hello")), file.head())) {
            String expires = answer.header("Upload-Expires");
            assertThat(expires).matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} .{8} GMT");
            Instant when =
                    ZonedDateTime.parse(expires, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            assertThat(Duration.between(Instant.now(), when))
                    .isBetween(Duration.ofDays(7).minusMinutes(5), Duration.ofDays(7));
        }
    }

    // Checksum

    @Test
    void bytesThatFitTheirChecksumAreTaken() throws Exception {
        File file = TusApi.create(11);
        checked(file, 0, HELLO, HELLO_SHA1).then().statusCode(204).header("Upload-Offset", "11");
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);
        File other = TusApi.create(11);
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(HELLO);
        checked(other, 0, HELLO, "sha256 " + Base64.getEncoder().encodeToString(sha256))
                .then()
                .statusCode(204);
    }

    @Test
    void otherBytesMustBeDiscardedAndTheOffsetMustStay() throws Exception {
        File file = TusApi.create(11 + 6_000_000);
        checked(file, 0, HELLO, HELLO_SHA1).then().statusCode(204);
        byte[] many = TusApi.random(6_000_000, 3);
        checked(file, 11, many, HELLO_SHA1)
                .then()
                .statusCode(460)
                .body("code", equalTo("checksum-mismatch"));
        assertThat(file.offset()).isEqualTo(11);
        assertThat(log.objects(file.id())).hasSize(1);
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(many);
        checked(file, 11, many, "sha1 " + Base64.getEncoder().encodeToString(sha1))
                .then()
                .statusCode(204);
        assertThat(log.bytes(file.id())).hasSize(6_000_011).startsWith(HELLO).endsWith(many);
    }

    @Test
    void anUnknownAlgorithmMustBeDiscardedToo() {
        File file = TusApi.create(11);
        checked(file, 0, HELLO, "md5 XrY7u+Ae7tCTyyK7j1rNww==")
                .then()
                .statusCode(400)
                .body("code", equalTo("checksum-unsupported"));
        assertThat(file.offset()).isZero();
    }

    @Test
    void bytesWithAChecksumThatAreCutAreDiscarded() throws Exception {
        File file = TusApi.create(11);
        try (var upload =
                file.raw(port(), 0, "Content-Length: 11\r\nUpload-Checksum: " + HELLO_SHA1)) {
            upload.send(TusApi.bytes("hello"));
            log.awaitWriter(file.id());
        }
        checked(file, 0, HELLO, HELLO_SHA1).then().statusCode(204);
        assertThat(log.bytes(file.id())).isEqualTo(HELLO);
    }

    private static Response checked(File file, long offset, byte[] bytes, String checksum) {
        return file.patching(offset)
                .header("Upload-Checksum", checksum)
                .body(bytes)
                .patch(file.path());
    }

    // Termination

    @Test
    void terminatingMustAnswer204AndTheAddressIsGone() {
        File file = TusApi.create(11);
        file.patch(0, TusApi.bytes("hello")).then().statusCode(204);
        file.delete().then().statusCode(204);
        file.head().then().statusCode(410).header("Upload-Offset", nullValue());
        file.patch(5, TusApi.bytes(" world"))
                .then()
                .statusCode(410)
                .body("code", equalTo("upload-terminated"));
        file.delete().then().statusCode(410);
        await().atMost(LONG).until(() -> Story.words(file.id()).contains("Hidden"));
    }

    @Test
    void aCompleteUploadCanBeTerminatedByTheOwnerOnly() {
        File file = TusApi.create(11);
        file.patch(0, HELLO).then().statusCode(204);
        TusApi.withToken(file.token()).delete(file.path()).then().statusCode(401);
        file.delete().then().statusCode(204);
        file.head().then().statusCode(410);
        await().atMost(LONG).until(() -> Story.words(file.id()).contains("Hidden"));
    }

    // Concatenation

    @Test
    void partsMustBeJoinedInTheOrderOfTheList() throws Exception {
        byte[] first = TusApi.random(5_000_000, 1);
        File a = partial(first);
        File b = partial(TusApi.bytes("middle"));
        File c = partial(HELLO);
        Response joined = join(b.path() + " " + a.path() + " http://elsewhere.example" + c.path());
        joined.then().statusCode(201);
        File whole = TusApi.created(joined);
        byte[] bytes = log.bytes(whole.id());
        assertThat(bytes).hasSize(first.length + 6 + 11).startsWith(TusApi.bytes("middle"));
        assertThat(bytes).endsWith(HELLO);
        TusApi.awaitCompleted(whole.id(), log.rows(whole.id()).size());
    }

    @Test
    void headOfPartsAndFinalsMustTellWhatTheyAre() {
        File part = partial(HELLO);
        part.head()
                .then()
                .header("Upload-Concat", "partial")
                .header("Upload-Offset", "11")
                .header("Upload-Length", "11");
        String concat = "final;" + part.path();
        File whole = TusApi.created(join(part.path()));
        whole.head()
                .then()
                .header("Upload-Concat", concat)
                .header("Upload-Offset", "11")
                .header("Upload-Length", "11");
    }

    @Test
    void aFinalUploadMustNotBePatched() throws Exception {
        File whole = TusApi.created(join(partial(HELLO).path()));
        whole.patch(11, TusApi.bytes("!"))
                .then()
                .statusCode(403)
                .body("code", equalTo("upload-final"));
        whole.patch(0, HELLO).then().statusCode(403);
        assertThat(log.bytes(whole.id())).isEqualTo(HELLO);
    }

    @Test
    void metadataOfPartsIsNotThatOfTheFinal() {
        File part =
                TusApi.created(
                        TusApi.owner()
                                .header("Upload-Length", 0)
                                .header("Upload-Concat", "partial")
                                .header("Upload-Metadata", "filename " + TusApi.base64("part"))
                                .post(TusApi.FILES));
        TusApi.created(join(part.path())).head().then().header("Upload-Metadata", nullValue());
    }

    @Test
    void partsAreNoSessionsBeforeTheyAreJoined() {
        File part = partial(HELLO);
        assertThat(Story.of(part.id())).isEmpty();
        File whole = TusApi.created(join(part.path()));
        await().atMost(LONG).until(() -> Story.words(whole.id()).contains("Completed"));
        assertThat(Story.of(part.id())).isEmpty();
    }

    @Test
    void aFinalWithALengthOrUnfitPartsIsRefused() {
        File part = partial(HELLO);
        TusApi.owner()
                .header("Upload-Length", 11)
                .header("Upload-Concat", "final;" + part.path())
                .post(TusApi.FILES)
                .then()
                .statusCode(400);
        File unfinished = TusApi.createPartial(11);
        unfit(unfinished.path());
        unfit(TusApi.create(0).path());
        unfit(part.path() + " " + part.path());
        join(TusApi.FILES + "/nosuchupload").then().statusCode(404);
        TusApi.created(join(part.path()));
        unfit(part.path());
    }

    @Test
    void deletingPartsDoesNotHurtTheFinal() throws Exception {
        File part = partial(HELLO);
        File whole = TusApi.created(join(part.path()));
        part.delete().then().statusCode(204);
        part.head().then().statusCode(410);
        assertThat(log.bytes(whole.id())).isEqualTo(HELLO);
        whole.head().then().statusCode(200);
    }

    private static File partial(byte[] bytes) {
        File file = TusApi.createPartial(bytes.length);
        file.patch(0, bytes).then().statusCode(204);
        return file;
    }

    private static Response join(String parts) {
        return TusApi.owner().header("Upload-Concat", "final;" + parts).post(TusApi.FILES);
    }

    private static void unfit(String parts) {
        join(parts).then().statusCode(409).body("code", equalTo("upload-part-unfit"));
    }

    private int port() {
        return address.getPort();
    }
}
