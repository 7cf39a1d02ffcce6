package io.tapedeck.ingest.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.RawUpload;
import io.tapedeck.ingest.Story;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;

/// The doors of tus, as a client would use them.
final class TusApi {

    static final String FILES = "/api/v1/files";
    static final String OFFSET_STREAM = "application/offset+octet-stream";

    private static final Duration LONG = Duration.ofSeconds(60);

    private TusApi() {}

    /// A created upload.
    ///
    /// @param path of its address
    record File(String id, String path, String token) {

        Response head() {
            return owner().head(path);
        }

        long offset() {
            return Long.parseLong(head().header("Upload-Offset"));
        }

        Response patch(long offset, byte[] bytes) {
            return patching(offset).body(bytes).patch(path);
        }

        RequestSpecification patching(long offset) {
            return owner().header("Upload-Offset", offset).contentType(OFFSET_STREAM);
        }

        Response delete() {
            return owner().delete(path);
        }

        /// A PATCH whose bytes the test sends.
        RawUpload raw(int port, long offset, String framing) throws IOException {
            return new RawUpload(
                    port,
                    "PATCH %s HTTP/1.1\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\nContent-Type: %s\r\nUpload-Offset: %d\r\n%s\r\n"
                            .formatted(path, token, OFFSET_STREAM, offset, framing));
        }
    }

    /// A request of the owner in the protocol's version.
    static RequestSpecification owner() {
        return speaking().header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY);
    }

    /// A request in the protocol's version.
    static RequestSpecification speaking() {
        return given().config(
                        RestAssuredConfig.config()
                                .encoderConfig(
                                        EncoderConfig.encoderConfig()
                                                .appendDefaultContentCharsetToContentTypeIfUndefined(
                                                        false)))
                .header("Tus-Resumable", "1.0.0");
    }

    static File create(long length) {
        return created(owner().header("Upload-Length", length).post(FILES));
    }

    static File createPartial(long length) {
        return created(
                owner().header("Upload-Length", length)
                        .header("Upload-Concat", "partial")
                        .post(FILES));
    }

    static File created(Response answer) {
        answer.then().statusCode(201);
        String path = URI.create(answer.header("Location")).getPath();
        return new File(answer.path("id"), path, answer.path("uploadToken"));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] bytes(String text) {
        return Api.bytes(text);
    }

    /// A request that shows a key or a token.
    static RequestSpecification withToken(String token) {
        return speaking().header("Authorization", "Bearer " + token);
    }

    /// Waits for the end of a session's story.
    static void awaitCompleted(String sessionId, long chunks) {
        await().atMost(LONG).until(() -> Story.words(sessionId).contains("Completed"));
        var completed = (SessionEvent.Completed) Story.of(sessionId).getLast();
        assertThat(completed.chunkCount()).isEqualTo(chunks);
        assertThat(completed.missing()).isEmpty();
    }
}
