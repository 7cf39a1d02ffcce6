package io.tapedeck.e2e;

import io.tapedeck.e2e.TapedeckClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A file on its way up by tus 1.0.0. Each step may go through another client, as its sender may
/// meet another instance.
///
/// @param bytes all of it
/// @param path where its bytes go
/// @param token writes it, and nothing else
public record TusFile(byte[] bytes, String id, String path, String token) {

    /// Creates it as the local owner, without bytes.
    ///
    /// @throws UncheckedIOException it was refused
    public static TusFile create(TapedeckClient client, byte[] bytes) {
        var length = Map.of("Upload-Length", Integer.toString(bytes.length));
        Answer created = client.tus("POST", "/api/v1/files", length, new byte[0]);
        if (created.status() != 201) {
            throw new UncheckedIOException(new IOException("not created: " + created));
        }
        String id = created.json().path("id").asText();
        String token = created.json().path("uploadToken").asText();
        return new TusFile(bytes, id, "/api/v1/files/" + id, token);
    }

    /// How far the server is.
    public int offset(TapedeckClient client) {
        return offset(client.tus("HEAD", path, Map.of("Authorization", bearer()), new byte[0]));
    }

    /// Sends `[from, to)`.
    public Answer patch(TapedeckClient client, int from, int to) {
        return client.tus("PATCH", path, patchHeaders(from), Arrays.copyOfRange(bytes, from, to));
    }

    /// Headers of a request that appends.
    Map<String, String> patchHeaders(int from) {
        var headers = new HashMap<String, String>();
        headers.put("Authorization", bearer());
        headers.put("Tus-Resumable", "1.0.0");
        headers.put("Upload-Offset", Integer.toString(from));
        headers.put("Content-Type", "application/offset+octet-stream");
        return headers;
    }

    /// Where an answer says that the upload is.
    public static int offset(Answer answer) {
        return answer.headers()
                .firstValue("Upload-Offset")
                .map(Integer::parseInt)
                .orElseThrow(() -> new IllegalStateException("no offset: " + answer));
    }

    private String bearer() {
        return "Bearer " + token;
    }
}
