package io.tapedeck.ingest.chunk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.RawUpload;
import io.tapedeck.ingest.contract.ChunkKeys;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where the service says that it is too much, with low limits.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(LimitsIT.LowLimits.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the address
class LimitsIT {

    private static final int CHUNK_BYTES = 100_000;
    private static final long FLOOD_BYTES = 1L << 30;
    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject ObjectStore objects;
    @Inject DataSource database;
    @TestHTTPResource URI address;

    public static class LowLimits implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.cors.enabled", "true",
                    "quarkus.http.cors.origins", "https://product.example.org",
                    "tapedeck.ingest.limits.chunk-bytes", "100000",
                    "tapedeck.ingest.limits.session-bytes", "250000",
                    "tapedeck.ingest.limits.open-sessions", "5",
                    "tapedeck.ingest.limits.open-uploads", "3",
                    "tapedeck.ingest.limits.uploads-per-session", "2",
                    "tapedeck.ingest.limits.buffer-bytes", "8500000",
                    "tapedeck.ingest.limits.buffer-timeout", "0.1s");
        }
    }

    @BeforeEach
    void nothingIsOpen() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "update session set state = 'completing', chunk_count = 0"
                            + " where state <> 'completing'");
            statement.execute(
                    "update upload set state = 'terminated', ended_at = now()"
                            + " where state in ('open', 'complete')");
        }
    }

    @Test
    void aChunkOfTheLimitIsFineAndOneByteMoreIsNot() throws Exception {
        Api.Session session = Api.open();
        session.put(0, new byte[CHUNK_BYTES]).then().statusCode(201);
        session.put(1, new byte[CHUNK_BYTES + 1])
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("code", equalTo("chunk-too-large"))
                .body("maxBytes", equalTo(CHUNK_BYTES));
        try (var found = objects.list(ChunkKeys.session(session.id()))) {
            assertThat(found).hasSize(1);
        }
    }

    @Test
    void anUploadOverTheLimitIsCutOffEarly() throws Exception {
        Api.Session session = Api.open();
        try (var upload = new RawUpload(port(), session, 0, "Content-Length: " + FLOOD_BYTES)) {
            long taken = upload.flood(FLOOD_BYTES, false);
            assertThat(taken).isLessThan(FLOOD_BYTES / 8);
        }
        try (var upload = new RawUpload(port(), session, 0, "Content-Length: 100001")) {
            assertThat(upload.status()).isEqualTo(413);
        }
    }

    @Test
    void anUploadOfUnknownSizeIsCutOffAtTheLimit() throws Exception {
        Api.Session session = Api.open();
        try (var upload = new RawUpload(port(), session, 0, "Transfer-Encoding: chunked")) {
            long taken = upload.flood(FLOOD_BYTES, true);
            assertThat(taken).isBetween((long) CHUNK_BYTES, FLOOD_BYTES / 8);
        }
        try (var upload = new RawUpload(port(), session, 0, "Transfer-Encoding: chunked")) {
            upload.sendPiece(new byte[CHUNK_BYTES]);
            upload.sendPiece(new byte[1]);
            assertThat(upload.status()).isEqualTo(413);
        }
        session.received().then().body("bytes", equalTo(0));
    }

    @Test
    void anUploadOfUnknownSizeIsStored() throws Exception {
        Api.Session session = Api.open();
        try (var upload = new RawUpload(port(), session, 0, "Transfer-Encoding: chunked")) {
            upload.sendPiece(Api.bytes("some "));
            upload.sendPiece(Api.bytes("bytes"));
            upload.send(Api.bytes("0\r\n\r\n"));
            assertThat(upload.status()).isEqualTo(201);
        }
        session.put(0, Api.bytes("some bytes")).then().statusCode(200);
    }

    @Test
    void aConnectionThatBreaksLeavesNothing() throws Exception {
        Api.Session session = Api.open();
        try (var upload = new RawUpload(port(), session, 0, "Content-Length: 10")) {
            upload.send(Api.bytes("half"));
        }
        session.put(0, Api.bytes("other bytes")).then().statusCode(201);
    }

    @Test
    void aSessionHasAnEnd() {
        Api.Session session = Api.open();
        session.put(0, new byte[CHUNK_BYTES]).then().statusCode(201);
        session.put(1, new byte[CHUNK_BYTES]).then().statusCode(201);
        session.put(2, new byte[CHUNK_BYTES])
                .then()
                .statusCode(413)
                .body("code", equalTo("session-full"));
        session.put(2, new byte[50_000]).then().statusCode(201);
    }

    @Test
    void onlySoManySessionsAreOpen() {
        var sessions = new ArrayList<Api.Session>();
        for (int i = 0; i < 5; i++) {
            sessions.add(Api.open());
        }
        Api.tryOpen(Map.of("mimeType", "video/webm"))
                .then()
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThanOrEqualTo(1))
                .body("code", equalTo("too-many-open-sessions"));
        sessions.get(0).complete(Map.of()).then().statusCode(202);
        sessions.get(1).delete().then().statusCode(200);
        Api.open();
        Api.open();
    }

    @Test
    void onlySoManyUploadsOfASessionAtOnce() throws Exception {
        Api.Session session = Api.open();
        try (var first = new RawUpload(port(), session, 0, "Content-Length: 5");
                var second = new RawUpload(port(), session, 1, "Content-Length: 5")) {
            first.send(Api.bytes("1"));
            second.send(Api.bytes("2"));
            Response refused =
                    await().atMost(LONG)
                            .until(
                                    () -> session.put(2, Api.bytes("third")),
                                    answer -> answer.statusCode() == 429);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            // However many stand still half-way, the others go on.
            Api.open().put(0, Api.bytes("other session")).then().statusCode(201);
            first.send(Api.bytes("2345"));
            assertThat(first.status()).isEqualTo(201);
        }
        await().atMost(LONG).until(() -> session.put(3, Api.bytes("x")).statusCode() == 201);
    }

    @Test
    void withoutMemoryForItAnUploadIsToldToComeAgain() throws Exception {
        Api.Session session = Api.open();
        Api.Session other = Api.open();
        try (var slow = new RawUpload(port(), session, 0, "Transfer-Encoding: chunked")) {
            slow.sendPiece(Api.bytes("slow"));
            await().atMost(LONG).until(() -> statusOfEmptyUpload(other) == 503);
            // A small one still finds room beside the slow one.
            other.put(1, new byte[CHUNK_BYTES]).then().statusCode(201);
        }
    }

    /// Of unknown size, so that it needs as much room as there is.
    private int statusOfEmptyUpload(Api.Session session) throws IOException {
        try (var upload = new RawUpload(port(), session, 0, "Transfer-Encoding: chunked")) {
            upload.send(Api.bytes("0\r\n\r\n"));
            return upload.status();
        }
    }

    @Test
    void pagesOfConfiguredOriginsMayUpload() {
        Api.Session session = Api.open();
        given().header("Origin", "https://product.example.org")
                .header("Access-Control-Request-Method", "PUT")
                .header(
                        "Access-Control-Request-Headers",
                        "authorization,content-type,content-digest")
                .options(session.chunk(0))
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "https://product.example.org");
        session.writing()
                .header("Origin", "https://product.example.org")
                .body(Api.bytes("a"))
                .contentType("video/webm")
                .put(session.chunk(0))
                .then()
                .statusCode(201)
                .header("Access-Control-Expose-Headers", containsString("retry-after"));
        session.writing()
                .header("Origin", "https://elsewhere.example.org")
                .body(Api.bytes("b"))
                .contentType("video/webm")
                .put(session.chunk(1))
                .then()
                .statusCode(403);
    }

    @Test
    void pagesOfConfiguredOriginsMaySendFiles() {
        given().header("Origin", "https://product.example.org")
                .header("Access-Control-Request-Method", "PATCH")
                .header(
                        "Access-Control-Request-Headers",
                        "authorization,content-type,tus-resumable,upload-offset,upload-checksum")
                .options("/api/v1/files/any")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Methods", containsString("PATCH"))
                .header("Access-Control-Allow-Headers", containsString("upload-checksum"));
        creating(1)
                .header("Origin", "https://product.example.org")
                .post("/api/v1/files")
                .then()
                .statusCode(201)
                .header("Access-Control-Expose-Headers", containsString("location"))
                .header("Access-Control-Expose-Headers", containsString("upload-offset"));
    }

    @Test
    void aFileHasAnEnd() {
        creating(250_001)
                .post("/api/v1/files")
                .then()
                .statusCode(413)
                .body("code", equalTo("upload-too-large"))
                .body("maxBytes", equalTo(250_000));
        Api.owner()
                .multiPart("file", "a.webm", new byte[250_001])
                .post("/api/v1/uploads")
                .then()
                .statusCode(413)
                .body("code", equalTo("upload-too-large"));
        Api.owner()
                .multiPart("file", "a.webm", new byte[250_000])
                .post("/api/v1/uploads")
                .then()
                .statusCode(201);
    }

    @Test
    void onlySoManyFilesAreOnTheirWay() {
        creating(1).post("/api/v1/files").then().statusCode(201);
        creating(1).header("Upload-Concat", "partial").post("/api/v1/files").then().statusCode(201);
        creating(1).post("/api/v1/files").then().statusCode(201);
        creating(1)
                .post("/api/v1/files")
                .then()
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThanOrEqualTo(1))
                .body("code", equalTo("too-many-open-uploads"));
        Api.open();
    }

    private static RequestSpecification creating(long length) {
        return Api.owner().header("Tus-Resumable", "1.0.0").header("Upload-Length", length);
    }

    private int port() {
        return address.getPort();
    }
}
