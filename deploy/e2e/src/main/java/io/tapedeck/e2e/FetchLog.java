package io.tapedeck.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;

/// Stands between players and a Tapedeck and notes who fetched what. What a player asks for under
/// `/{player}/…` is fetched as `/…`; playlists with relative addresses keep it there. Passes whole
/// bodies on; ranges are not needed by what plays HLS.
public final class FetchLog implements AutoCloseable {

    private final URI origin;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final Map<String, Set<String>> fetched = new ConcurrentHashMap<>();

    private FetchLog(URI origin, HttpServer server) {
        this.origin = origin;
        this.server = server;
    }

    /// Listens on a free port of 127.0.0.1.
    public static FetchLog before(URI origin) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var log = new FetchLog(origin, HttpServer.create(address, 0));
        log.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        log.server.createContext("/", log::pass);
        log.server.start();
        return log;
    }

    /// An address for one player.
    public URI address(String player, String path) {
        return URI.create(
                "http://127.0.0.1:%d/%s%s".formatted(server.getAddress().getPort(), player, path));
    }

    /// Paths that were answered with 200 to a player.
    public Set<String> fetchedBy(String player) {
        return Set.copyOf(fetched.getOrDefault(player, Set.of()));
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = exchange.getRequestURI().getPath();
            int end = asked.indexOf('/', 1);
            String path = asked.substring(end);
            HttpResponse<byte[]> answer =
                    http.send(
                            HttpRequest.newBuilder(origin.resolve(path)).build(),
                            BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                fetched.computeIfAbsent(asked.substring(1, end), _ -> new ConcurrentSkipListSet<>())
                        .add(path);
            }
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
