package io.tapedeck.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/// A whole Tapedeck on this machine, started the way a person does it: `./tapedeck`. Closing it
/// stops it the way Ctrl-C does.
public final class TapedeckInstance implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Process process;
    private final Path data;
    private final Path log;

    private TapedeckInstance(Process process, Path data, Path log) {
        this.process = process;
        this.data = data;
        this.log = log;
    }

    /// Starts one on a free port and waits until its page answers.
    ///
    /// @param repository root of the source tree, already built
    /// @param data where it keeps everything; may hold the data of an earlier run
    public static TapedeckInstance start(Path repository, Path data, int workers) {
        return start(repository, data, workers, Map.of());
    }

    /// Starts one as above.
    ///
    /// @param environment what it is told beyond our own environment
    public static TapedeckInstance start(
            Path repository, Path data, int workers, Map<String, String> environment) {
        try {
            Files.createDirectories(data);
            Path log = data.resolve("tapedeck.out");
            Files.deleteIfExists(stateFile(data));
            var builder =
                    new ProcessBuilder(
                                    repository.resolve("tapedeck").toString(),
                                    "--port",
                                    "0",
                                    "--data",
                                    data.toString(),
                                    "--workers",
                                    Integer.toString(workers))
                            .directory(repository.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            var instance = new TapedeckInstance(process, data, log);
            instance.awaitStarted();
            return instance;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the page is.
    public URI url() {
        return URI.create(state().path("url").asText());
    }

    /// Names of its processes that start with `prefix`, e.g. `transcode-worker`.
    public List<Part> parts(String prefix) {
        return StreamSupport.stream(state().path("processes").spliterator(), false)
                .map(part ->
                        new Part(
                                part.path("name").asText(),
                                part.path("pid").asLong(),
                                part.path("port").asInt()))
                .filter(part -> part.name().startsWith(prefix))
                .toList();
    }

    /// What its processes have used so far, with those that they started and that ended. Not what
    /// the launcher does once after a build. Linux only.
    public Duration cpu() {
        return parts("").stream()
                .map(part -> CpuClock.withDescendants(part.pid()))
                .reduce(CpuClock.own(process.pid()), Duration::plus);
    }

    /// Where it keeps everything.
    public Path data() {
        return data;
    }

    /// Kills one of its processes at once (SIGKILL).
    ///
    /// @return false when it was gone already
    public boolean kill(Part part) {
        return ProcessHandle.of(part.pid())
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::destroyForcibly)
                .orElse(false);
    }

    /// What it has said so far.
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("did not stop in time:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private void awaitStarted() {
        Awaitility.await("tapedeck started")
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .failFast(this::throwIfEnded)
                .until(() -> Files.exists(stateFile(data)) && state().path("ready").asBoolean());
    }

    private void throwIfEnded() {
        if (!process.isAlive()) {
            throw new IllegalStateException("tapedeck ended:\n" + output());
        }
    }

    private JsonNode state() {
        try {
            return JSON.readTree(stateFile(data).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path stateFile(Path data) {
        return data.resolve("run").resolve("state.json");
    }

    /// One process of it.
    ///
    /// @param port on 127.0.0.1
    public record Part(String name, long pid, int port) {}
}
