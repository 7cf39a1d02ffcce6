package io.tapedeck.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Over a real connection.
class FramesPeerSocketTest {

    /// Together more than the network has room for on the side of the server.
    private static final int MESSAGES = 60;

    private static final int MESSAGE_BYTES = 10_000;
    private static final int TIMEOUT_SECONDS = 20;
    private static final Duration LONG = Duration.ofSeconds(TIMEOUT_SECONDS);

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<FramesPeer> met = new CompletableFuture<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Duration silence = Duration.ofSeconds(1);
    private HttpServer server;

    @BeforeEach
    void listens() throws Exception {
        server =
                vertx.createHttpServer()
                        .requestHandler(request ->
                                request.toWebSocket()
                                        .onSuccess(socket ->
                                                met.complete(
                                                        new FramesPeerSocket(
                                                                vertx,
                                                                request,
                                                                socket,
                                                                MESSAGE_BYTES,
                                                                silence))))
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void closes() throws Exception {
        http.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatAClientSentBeforeItWentIsReadByAServerThatIsBehind() throws Exception {
        WebSocket client = connect();
        FramesPeer peer = met.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        String message = "m".repeat(MESSAGE_BYTES);
        for (int i = 0; i < MESSAGES; i++) {
            client.sendText(message, true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        client.abort();
        assertThat(peer.next(LONG)).isInstanceOf(FramesPeer.Text.class);
        // The store takes its time.
        await().pollDelay(silence.multipliedBy(2)).until(() -> true);

        int texts = 1;
        while (peer.next(LONG) instanceof FramesPeer.Text) {
            texts++;
        }
        assertThat(texts).isEqualTo(MESSAGES);
    }

    @Test
    void aClientThatAnswersPingsIsStillThere() throws Exception {
        silence = Duration.ofSeconds(2);
        WebSocket client = connect();
        FramesPeer peer = met.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(peer.next(silence.multipliedBy(2))).isNull();
        client.sendText("here", true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(peer.next(LONG)).isInstanceOf(FramesPeer.Text.class);
        client.abort();
        assertThat(peer.next(LONG)).isInstanceOf(FramesPeer.Left.class);
    }

    @Test
    void aClientThatAnswersNothingIsGone() throws Exception {
        WebSocket client =
                http.newWebSocketBuilder()
                        .buildAsync(url(), new Deaf())
                        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        FramesPeer peer = met.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(peer.next(LONG)).isInstanceOf(FramesPeer.Left.class);
        client.abort();
    }

    /// Never asks for what comes, pings included.
    private static final class Deaf implements WebSocket.Listener {
        @Override
        public void onOpen(WebSocket socket) {
            // Without request(), nothing is delivered.
        }
    }

    private WebSocket connect() throws Exception {
        return http.newWebSocketBuilder()
                .buildAsync(url(), new WebSocket.Listener() {})
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private URI url() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/");
    }
}
