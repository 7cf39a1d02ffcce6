package io.tapedeck.transcode;

import io.tapedeck.neighbours.Neighbours;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// The worker's jar, started as it is started everywhere.
final class WorkerProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final int port;

    private WorkerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    static WorkerProcess start(String name) throws IOException {
        Neighbours neighbours = Neighbours.running();
        Path log = Path.of("target", "%s.log".formatted(name));
        int port = freePort();
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-jar",
                                JAR.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment()
                .putAll(
                        Map.ofEntries(
                                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                                Map.entry("TAPEDECK_WORKER_LADDER", "720"),
                                Map.entry("TAPEDECK_WORKER_PASSTHROUGH", "false"),
                                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(port)),
                                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", neighbours.jdbcUrl()),
                                Map.entry("QUARKUS_DATASOURCE_USERNAME", "postgres"),
                                Map.entry("QUARKUS_DATASOURCE_PASSWORD", "postgres"),
                                Map.entry(
                                        "KAFKA_BOOTSTRAP_SERVERS",
                                        neighbours.kafkaBootstrapServers()),
                                Map.entry(
                                        "TAPEDECK_OBJECTS_ENDPOINT", neighbours.objectsEndpoint()),
                                Map.entry("TAPEDECK_OBJECTS_ACCESS_KEY", Neighbours.ACCESS_KEY),
                                Map.entry("TAPEDECK_OBJECTS_SECRET_KEY", Neighbours.SECRET_KEY)));
        return new WorkerProcess(builder.start(), log, port);
    }

    WorkerProcess awaitReady() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port)))
                        .build();
        Awaitility.await(log.toString())
                .atMost(START)
                .ignoreExceptions()
                .until(() ->
                        client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                                == 200);
        return this;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /// As a power cut would.
    void kill() {
        process.destroyForcibly();
    }

    /// As an operator would.
    ///
    /// @return whether it ended in time
    boolean stop(Duration patience) throws InterruptedException {
        process.destroy();
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
