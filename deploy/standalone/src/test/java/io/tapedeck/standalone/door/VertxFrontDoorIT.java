package io.tapedeck.standalone.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tapedeck.standalone.child.CannotStart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The door over real connections, spoken to byte by byte.
class VertxFrontDoorIT {

    private static final int SOCKET_TIMEOUT_MILLIS = 20_000;
    private static final int LARGE_BYTES = 3_000_000;

    /// More than all buffers between two processes hold.
    private static final int MANY_BYTES = 100_000_000;

    private static final String UPGRADE =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Version: 13\r\n\r\n";

    @TempDir Path pages;
    private final AtomicBoolean up = new AtomicBoolean(true);
    private final CompletableFuture<Integer> firstByte = new CompletableFuture<>();
    private HttpServer service;
    private VertxFrontDoor door;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(pages.resolve("index.html"), "<!doctype html>");
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        service.createContext("/", this::echo);
        service.createContext("/hls/", VertxFrontDoorIT::keepOpen);
        service.start();
        var health = new Health(Map.of("kafka", true, "postgres", false));
        door = VertxFrontDoor.open("127.0.0.1", 0, pages, "the-key", () -> health);
        var upstream = new Upstream(service.getAddress().getPort(), up::get);
        door.lead(Target.INGEST, upstream);
        door.lead(Target.PLAYBACK, upstream);
    }

    @AfterEach
    void close() {
        door.close();
        service.stop(0);
    }

    @Test
    void theLocalUserIsLetInAndHisWordIsTheOnlyOneThatCounts() throws IOException {
        var answer = exchange("GET /api/v1/sessions?q=%2F HTTP/1.1\r\nHost: localhost:8080\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("GET /api/v1/sessions?q=%2F")
                .contains("authorization: Bearer the-key\n")
                .contains("x-forwarded-for: 127.0.0.1\n")
                .contains("x-forwarded-host: localhost:8080\n")
                .contains("x-forwarded-proto: http\n");
    }

    @Test
    void whatAClientClaimsAboutItsWayIsDropped() throws IOException {
        var answer =
                exchange(
                        "GET /api/v1/sessions HTTP/1.1\r\nHost: localhost:8080\r\n"
                                + "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Host: evil\r\n"
                                + "X-Forwarded-Prefix: /evil\r\nForwarded: for=1.2.3.4\r\n"
                                + "X-Real-IP: 1.2.3.4\r\n");
        assertThat(answer)
                .doesNotContain("evil", "1.2.3.4", "the-key")
                .contains("x-forwarded-for: 127.0.0.1\n");
    }

    @Test
    void aPageOfAnotherSiteGetsNoKey() throws IOException {
        var rebound = exchange("GET /api/v1/sessions HTTP/1.1\r\nHost: evil.example:8080\r\n");
        var forged =
                exchange(
                        "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost:8080\r\n"
                                + "Origin: https://evil.example\r\nContent-Length: 0\r\n");
        var embedded =
                exchange(
                        "GET /api/v1/sessions HTTP/1.1\r\nHost: localhost:8080\r\n"
                                + "Sec-Fetch-Site: cross-site\r\n");
        assertThat(rebound).startsWith("HTTP/1.1 200").doesNotContain("the-key");
        assertThat(forged).startsWith("HTTP/1.1 200").doesNotContain("the-key");
        assertThat(embedded).startsWith("HTTP/1.1 200").doesNotContain("the-key");
    }

    @Test
    void anUploadTokenIsNotReplaced() throws IOException {
        var answer =
                exchange(
                        "PUT /api/v1/sessions/a/chunks/0 HTTP/1.1\r\nHost: localhost:8080\r\n"
                                + "Authorization: Bearer token\r\nContent-Length: 0\r\n");
        assertThat(answer).contains("authorization: Bearer token\n").doesNotContain("the-key");
    }

    @Test
    void anUploadIsPassedOnWhileItComes() throws Exception {
        try (var socket = connect()) {
            send(
                    socket,
                    "PUT /api/v1/sessions/a/chunks/0 HTTP/1.1\r\nHost: localhost\r\n"
                            + "Content-Length: "
                            + LARGE_BYTES
                            + "\r\nConnection: close\r\n\r\nx");
            // The service has the first byte, and the last is not even sent.
            assertThat(firstByte.get(20, TimeUnit.SECONDS)).isEqualTo((int) 'x');
            socket.getOutputStream().write(new byte[LARGE_BYTES - 1]);
            assertThat(read(socket)).contains("chunks/0 " + LARGE_BYTES + "\n");
        }
    }

    @Test
    void anEventIsPassedOnWhileTheAnswerGoesOn() throws IOException {
        try (var socket = connect()) {
            send(socket, "GET /hls/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(readUntil(socket.getInputStream(), "data: one")).contains("text/event-");
        }
    }

    @Test
    void aServiceThatIsNotUpIsSaidSoWithATimeToTryAgain() throws IOException {
        up.set(false);
        var starting = exchange("GET /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n");
        up.set(true);
        service.stop(0);
        var died = exchange("GET /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n");
        for (var answer : new String[] {starting, died}) {
            assertThat(answer.toLowerCase(Locale.ROOT))
                    .startsWith("http/1.1 503")
                    .contains("retry-after: 1\r\n")
                    .contains("content-type: application/problem+json")
                    .contains("\"code\":\"not-up\"");
        }
    }

    @Test
    void whatAClientSentOverAWebSocketBeforeItWentReachesASlowService() throws Exception {
        try (var slow = new SlowService();
                var client = upgraded(slow)) {
            client.getOutputStream().write(new byte[LARGE_BYTES]);
            client.close();
            assertThat(slow.readRest()).isEqualTo(LARGE_BYTES);
        }
    }

    @Test
    void neitherSideOfAWebSocketIsReadFasterThanTheOtherTakesIt() throws Exception {
        try (var slow = new SlowService();
                var client = upgraded(slow)) {
            assertThat(taken(client)).isPositive().isLessThan(MANY_BYTES);
        }
        try (var fast = new SlowService();
                var client = upgraded(fast)) {
            assertThat(taken(fast.connection())).isPositive().isLessThan(MANY_BYTES);
        }
    }

    @Test
    void bothSidesOfAWebSocketHearThatTheOtherIsGone() throws Exception {
        try (var service = new SlowService()) {
            try (var client = upgraded(service)) {
                send(service.connection(), "until then");
                service.close();
                assertThat(read(client)).isEqualTo("until then");
            }
        }
        try (var service = new SlowService();
                var client = upgraded(service)) {
            client.shutdownOutput();
            assertThat(service.readRest()).isZero();
            assertThat(read(client)).isEmpty();
        }
    }

    @Test
    void whatAServiceSaidLastReachesASlowClient() throws Exception {
        try (var service = new SlowService();
                var client = upgraded(service)) {
            var said = Thread.ofVirtual().start(() -> sayAndClose(service.connection()));
            // Whatever there is room for on the way waits for the client.
            await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            assertThat(client.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .isEqualTo(LARGE_BYTES);
            said.join();
        }
    }

    @Test
    void aListOfConnectionOptionsUpgradesToo() throws Exception {
        var list = UPGRADE.replace("Connection: Upgrade", "Connection: keep-alive, Upgrade");
        try (var service = new SlowService();
                var client = upgraded(service, list)) {
            send(client, "to");
            assertThat(service.connection().getInputStream().readNBytes(2))
                    .containsExactly('t', 'o');
            send(service.connection(), "fro");
            assertThat(readUntil(client.getInputStream(), "fro")).isEqualTo("fro");
        }
    }

    @Test
    void aRefusedWebSocketIsToldWhyAndLeavesNothingOpen() throws Exception {
        var refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\n\r\nbecause";
        try (var service = new SlowService(refusal);
                var client = connect()) {
            door.lead(Target.INGEST, new Upstream(service.port(), up::get));
            send(client, UPGRADE);
            assertThat(readUntil(client.getInputStream(), "because")).startsWith("HTTP/1.1 403");
            assertThat(service.readRest()).isZero();
        }
    }

    @Test
    void aClientThatGoesBeforeTheAnswerLeavesNothingOpen() throws Exception {
        try (var service = new SlowService("")) {
            try (var client = connect()) {
                door.lead(Target.INGEST, new Upstream(service.port(), up::get));
                send(client, UPGRADE);
                service.connection();
            }
            assertThat(service.readRest()).isZero();
        }
    }

    @Test
    void noOtherAddressBecomesAWebSocket() throws IOException {
        var answer =
                exchange(
                        "GET /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n"
                                + "Upgrade: websocket\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain("upgrade: websocket");
    }

    @Test
    void pagesComeWithTheirGuards() throws IOException {
        var page = exchange("GET /watch/abc HTTP/1.1\r\nHost: localhost\r\n");
        assertThat(page)
                .startsWith("HTTP/1.1 200")
                .contains("<!doctype html>")
                .contains("frame-ancestors")
                .contains("nosniff")
                .contains("camera=(self)");
        var tag = page.replaceAll("(?is).*etag: (\\S+).*", "$1");
        assertThat(exchange("GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tag + "\r\n"))
                .startsWith("HTTP/1.1 304");
        assertThat(exchange("HEAD / HTTP/1.1\r\nHost: localhost\r\n"))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("<!doctype");
        assertThat(exchange("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
                .startsWith("HTTP/1.1 405");
        assertThat(exchange("GET /../secret HTTP/1.1\r\nHost: localhost\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void healthNamesThePartThatIsDown() throws IOException {
        assertThat(exchange("GET /q/health HTTP/1.1\r\nHost: localhost\r\n"))
                .startsWith("HTTP/1.1 503")
                .contains("{\"name\":\"postgres\",\"status\":\"DOWN\"}")
                .contains("{\"name\":\"kafka\",\"status\":\"UP\"}");
    }

    @Test
    void aTakenPortIsOneLine() {
        assertThatThrownBy(() ->
                        VertxFrontDoor.open(
                                "127.0.0.1", door.port(), pages, "", () -> new Health(Map.of())))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("port " + door.port());
    }

    private void echo(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody();
        int first = body.read();
        firstByte.complete(first);
        long size = (first < 0 ? 0 : 1) + body.transferTo(OutputStream.nullOutputStream());
        var text =
                new StringBuilder(
                        "%s %s %d\n"
                                .formatted(
                                        exchange.getRequestMethod(),
                                        exchange.getRequestURI(),
                                        size));
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        text.append(name.toLowerCase(Locale.ROOT))
                                .append(": ")
                                .append(String.join(",", values))
                                .append('\n'));
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void keepOpen(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private String exchange(String head) throws IOException {
        try (var socket = connect()) {
            send(socket, head + "Connection: close\r\n\r\n");
            return read(socket);
        }
    }

    /// How many bytes of all too many are taken before no more are.
    private static long taken(Socket socket) throws Exception {
        var sent = new AtomicLong();
        var seen = new AtomicLong(-1);
        var writer = Thread.ofVirtual().start(() -> writeWhatIsTaken(socket, sent));
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> seen.getAndSet(sent.get()) == sent.get());
        socket.close();
        writer.join();
        return sent.get();
    }

    private static void writeWhatIsTaken(Socket client, AtomicLong sent) {
        var piece = new byte[100_000];
        try {
            while (sent.get() < MANY_BYTES) {
                client.getOutputStream().write(piece);
                sent.addAndGet(piece.length);
            }
        } catch (IOException e) {
            // It was closed meanwhile.
        }
    }

    private static void sayAndClose(Socket socket) {
        try (socket) {
            socket.getOutputStream().write(new byte[LARGE_BYTES]);
        } catch (IOException e) {
            // Too little comes through then.
        }
    }

    private Socket upgraded(SlowService service) throws IOException {
        return upgraded(service, UPGRADE);
    }

    private Socket upgraded(SlowService service, String request) throws IOException {
        door.lead(Target.INGEST, new Upstream(service.port(), up::get));
        var socket = connect();
        send(socket, request);
        assertThat(readUntil(socket.getInputStream(), "\r\n\r\n")).startsWith("HTTP/1.1 101");
        return socket;
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
        socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as(text.toString()).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }
}
