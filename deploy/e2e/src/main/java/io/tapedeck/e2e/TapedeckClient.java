package io.tapedeck.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Speaks to one Tapedeck through its public doors. Thread-safe. A call answers with whatever the
/// server said; only a broken connection is an exception.
public final class TapedeckClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final URI origin;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public TapedeckClient(URI origin) {
        this.origin = origin;
    }

    /// Opens a session as the local owner.
    ///
    /// @throws UncheckedIOException it cannot be opened now
    public OpenSession open(String title, String mimeType) {
        return open(title, mimeType, true);
    }

    /// The same.
    ///
    /// @param live whether it is recorded while it is sent; a file is not
    public OpenSession open(String title, String mimeType, boolean live) {
        String body = write(Map.of("title", title, "mimeType", mimeType, "live", live));
        Answer answer = send(request("/api/v1/sessions").POST(json(body)), "application/json");
        if (answer.status() != 201) {
            throw new UncheckedIOException(new IOException("session not opened: " + answer));
        }
        return new OpenSession(
                answer.json().path("id").asText(), answer.json().path("uploadToken").asText());
    }

    /// Sends one chunk.
    public Answer putChunk(OpenSession session, long index, int run, byte[] bytes) {
        return putChunk(session, index, run, bytes, Map.of());
    }

    /// Sends one chunk with more headers; they replace the usual ones.
    public Answer putChunk(
            OpenSession session, long index, int run, byte[] bytes, Map<String, String> headers) {
        HttpRequest.Builder request =
                request("/api/v1/sessions/%s/chunks/%d?run=%d".formatted(session.id(), index, run))
                        .header("Authorization", "Bearer " + session.uploadToken())
                        .PUT(BodyPublishers.ofByteArray(bytes));
        headers.forEach(request::setHeader);
        return send(request, headers.getOrDefault("Content-Type", "application/octet-stream"));
    }

    /// Says that all chunks are sent.
    public Answer complete(OpenSession session, long chunks) {
        return complete(session, Map.of("chunks", chunks));
    }

    /// Completes with any body.
    public Answer complete(OpenSession session, Map<String, ?> body) {
        return send(
                request("/api/v1/sessions/%s/complete".formatted(session.id()))
                        .header("Authorization", "Bearer " + session.uploadToken())
                        .POST(json(write(body))),
                "application/json");
    }

    /// Which chunks the server has.
    public Answer received(OpenSession session) {
        return send(
                request("/api/v1/sessions/%s/chunks".formatted(session.id()))
                        .header("Authorization", "Bearer " + session.uploadToken())
                        .GET(),
                null);
    }

    /// Sends a file in a form.
    ///
    /// @param path `/api/v1/uploads` or `/upload`
    public Answer upload(String path, String fileName, String mimeType, byte[] bytes) {
        String head =
                "--tape\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                        .formatted(fileName, mimeType);
        BodyPublisher body =
                BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(bytes),
                        BodyPublishers.ofString("\r\n--tape--\r\n"));
        return send(request(path).POST(body), "multipart/form-data; boundary=tape");
    }

    /// Any request of tus 1.0.0 as the local owner.
    public Answer tus(String method, String path, Map<String, String> headers, byte[] bytes) {
        HttpRequest.Builder request =
                request(path)
                        .header("Tus-Resumable", "1.0.0")
                        .method(method, BodyPublishers.ofByteArray(bytes));
        headers.forEach(request::setHeader);
        return send(request, bytes.length == 0 ? null : "application/offset+octet-stream");
    }

    /// What a link shows of a session.
    public Answer session(String id) {
        return get("/api/v1/sessions/" + id);
    }

    /// Fetches a path or an absolute address.
    public Answer get(String path) {
        return send(request(path).GET(), null);
    }

    /// Whether one of its processes does its work, e.g. `kafka`.
    public boolean isUp(String part) {
        return StreamSupport.stream(get("/q/health").json().path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals(part))
                .anyMatch(check -> check.path("status").asText().equals("UP"));
    }

    /// Posts JSON.
    public Answer post(String path, Map<String, ?> body) {
        return send(request(path).POST(json(write(body))), "application/json");
    }

    /// Asks for the removal of what is at a path.
    public Answer delete(String path) {
        return send(request(path).DELETE(), null);
    }

    /// Downloads into a file.
    public int download(String path, Path file) {
        try {
            return http.send(request(path).GET().build(), BodyHandlers.ofFile(file)).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// Resolves an address a playlist or an answer gave.
    public URI resolve(String path) {
        return origin.resolve(path);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(resolve(path)).timeout(TIMEOUT);
    }

    private Answer send(
            HttpRequest.Builder request, @org.jspecify.annotations.Nullable String type) {
        if (type != null) {
            request.setHeader("Content-Type", type);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.build().uri().toString(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static BodyPublisher json(String body) {
        return BodyPublishers.ofString(body);
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }

    /// A session that takes chunks, and the token that writes it.
    public record OpenSession(String id, String uploadToken) {}

    /// What the server said.
    public record Answer(int status, java.net.http.HttpHeaders headers, byte[] body) {

        public String text() {
            return new String(body, java.nio.charset.StandardCharsets.UTF_8);
        }

        /// The body as JSON; an empty object when it is none.
        public JsonNode json() {
            try {
                return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            } catch (IOException e) {
                return JSON.createObjectNode();
            }
        }

        @Override
        public String toString() {
            return status + " " + text();
        }
    }
}
