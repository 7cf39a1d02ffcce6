package io.tapedeck.e2e;

import io.tapedeck.e2e.TapedeckInstance.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;

/// One more process of a service beside the one that runs: the same jar and the same neighbours, on
/// a port of its own. This is what a second machine would be. Linux only (proc(5)).
public final class SecondInstance implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    private final Process process;
    private final URI url;

    private SecondInstance(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /// Starts it and waits until it is ready.
    ///
    /// @param first the process to be like
    /// @param log where its output goes
    public static SecondInstance of(Part first, Path log) {
        try {
            int port = freePort();
            var builder = new ProcessBuilder(said(first, "cmdline"));
            for (String variable : said(first, "environ")) {
                String[] pair = variable.split("=", 2);
                builder.environment().put(pair[0], pair[1]);
            }
            builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            // It ends when the pipe to it closes, so not behind us.
            var second = new SecondInstance(builder.start(), origin(port));
            second.awaitReady();
            return second;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where a service answers without the front door.
    public static URI origin(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Where it answers.
    public URI url() {
        return url;
    }

    /// Kills it at once (SIGKILL).
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitReady() {
        try (var client = new TapedeckClient(url)) {
            Awaitility.await("a second instance is ready")
                    .atMost(START_TIMEOUT)
                    .pollInterval(Duration.ofMillis(100))
                    .failFast("it ended", () -> !process.isAlive())
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> client.get("/q/health/ready").status() == 200);
        }
    }

    private static List<String> said(Part part, String file) throws IOException {
        String text = Files.readString(Path.of("/proc/" + part.pid(), file));
        return Arrays.asList(text.split("\0"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
