package io.tapedeck.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Stands where a service jar stands: reads the same variables, answers the same health check, and
/// tells what it was asked. What the launcher does around it is real.
public final class StubService {

    private StubService() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        var host = System.getenv("QUARKUS_HTTP_HOST");
        var server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", StubService::echo);
        server.createContext("/q/health/ready", exchange -> answer(exchange, 200, "UP"));
        server.createContext("/hls/events", StubService::events);
        server.start();
    }

    /// Method, path, size of the body, then the headers, a line each.
    private static void echo(HttpExchange exchange) throws IOException {
        long size = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        var headers =
                exchange.getRequestHeaders().entrySet().stream()
                        .map(header ->
                                header.getKey().toLowerCase(Locale.ROOT)
                                        + ": "
                                        + String.join(",", header.getValue()))
                        .collect(Collectors.joining("\n"));
        answer(
                exchange,
                200,
                "%s %s %d\n%s\n"
                        .formatted(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI(),
                                size,
                                headers));
    }

    /// One event at once, and then silence with the connection open.
    private static void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }
}
