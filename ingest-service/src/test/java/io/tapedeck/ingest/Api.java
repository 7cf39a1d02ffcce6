package io.tapedeck.ingest;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tapedeck.neighbours.NeighboursResource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;

/// The public doors, as a client would use them.
public final class Api {

    private Api() {}

    /// An opened session.
    public record Session(String id, String token) {

        /// PUT of one chunk of run 0.
        public Response put(long index, byte[] bytes) {
            return put(index, 0, bytes);
        }

        public Response put(long index, int run, byte[] bytes) {
            return writing()
                    .contentType("application/octet-stream")
                    .queryParam("run", run)
                    .body(bytes)
                    .put(chunk(index));
        }

        public Response complete(Map<String, Object> body) {
            return writing().contentType(ContentType.JSON).body(body).post(path() + "/complete");
        }

        public Response received() {
            return writing().get(path() + "/chunks");
        }

        /// A request that shows the upload token.
        public RequestSpecification writing() {
            return given().header("Authorization", "Bearer " + token);
        }

        public String path() {
            return "/api/v1/sessions/" + id;
        }

        public String chunk(Object index) {
            return path() + "/chunks/" + index;
        }

        public Response delete() {
            return owner().delete(path());
        }

        public Response restore() {
            return owner().post(path() + "/restore");
        }
    }

    /// A request that shows the owner key.
    public static RequestSpecification owner() {
        return given().header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY);
    }

    public static Response tryOpen(Map<String, Object> body) {
        return owner().contentType(ContentType.JSON).body(body).post("/api/v1/sessions");
    }

    public static Session open() {
        Response opened = tryOpen(Map.of("title", "a test", "mimeType", "video/webm"));
        opened.then().statusCode(201);
        return new Session(opened.path("id"), opened.path("uploadToken"));
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A `Content-Digest` header's value.
    public static String digest(byte[] bytes) throws Exception {
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    }
}
