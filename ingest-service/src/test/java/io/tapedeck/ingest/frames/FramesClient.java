package io.tapedeck.ingest.frames;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.neighbours.NeighboursResource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A plain WebSocket client.
final class FramesClient implements WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    FramesClient(URI url, Map<String, String> headers) throws Exception {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        headers.forEach(builder::header);
        this.socket = builder.buildAsync(url, this).get(20, TimeUnit.SECONDS);
    }

    static FramesClient owner(URI url) throws Exception {
        return new FramesClient(
                url, Map.of("Authorization", "Bearer " + NeighboursResource.OWNER_KEY));
    }

    FramesClient say(String json) throws Exception {
        socket.sendText(json, true).get(20, TimeUnit.SECONDS);
        return this;
    }

    FramesClient connect(String id) throws Exception {
        return say("{\"eventType\": \"CONNECT\", \"id\": \"%s\"}".formatted(id));
    }

    FramesClient picture(byte[] jpeg) throws Exception {
        return stream("VIDEO", jpeg);
    }

    FramesClient sound(byte[] pcm) throws Exception {
        return stream("AUDIO", pcm);
    }

    FramesClient stream(String type, byte[] bytes) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(bytes);
        return say(
                "{\"eventType\": \"STREAM\", \"mediaSourceType\": \"%s\", \"encodedMediaChunk\": \"%s\"}"
                        .formatted(type, base64));
    }

    FramesClient binary(byte[] bytes) throws Exception {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).get(20, TimeUnit.SECONDS);
        return this;
    }

    /// Says CLOSE and waits until the server has closed.
    int close() throws Exception {
        say("{\"eventType\": \"CLOSE\"}");
        return closed.get(30, TimeUnit.SECONDS);
    }

    int awaitClosed() throws Exception {
        return closed.get(60, TimeUnit.SECONDS);
    }

    /// As when somebody pulls the plug.
    void vanish() {
        socket.abort();
    }

    List<JsonNode> heard() {
        return new ArrayList<>(heard);
    }

    List<String> codes() {
        return heard().stream()
                .filter(said -> said.path("eventType").asText().equals("ERROR"))
                .map(said -> said.path("code").asText())
                .toList();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            try {
                heard.add(JSON.readTree(part.toString()));
            } catch (IOException e) {
                closed.completeExceptionally(e);
            }
            part.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
