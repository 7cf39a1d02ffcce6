package io.tapedeck.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tapedeck.standalone.child.Leftovers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher with real neighbours: how it starts, what it survives, and that nothing stays.
class StandaloneIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path directory;
    private Path checkout;
    private Path data;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Launched.checkout(directory.resolve("checkout"));
        data = directory.resolve("data");
    }

    /// Before JUnit empties the directory, and wonders about a link that leads out of it.
    @AfterEach
    void removeLink() throws IOException {
        Files.delete(checkout.resolve("deploy/standalone"));
    }

    @Test
    void everythingRunsAndATermEndsAllOfIt() throws Exception {
        var launched = Launched.start(checkout, data, "--port", "0", "--workers", "2");
        launched.awaitReady();
        var names =
                launched.state().processes().stream()
                        .map(RunState.RunningProcess::name)
                        .collect(Collectors.toSet());
        assertThat(names)
                .isEqualTo(
                        Set.of(
                                "postgres",
                                "kafka",
                                "s3proxy",
                                "ingest-service",
                                "transcode-worker-1",
                                "transcode-worker-2",
                                "playback-service"));
        var health = get(launched.state().url() + "/q/health");
        assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
        var children = launched.children();

        launched.process().destroy();
        launched.awaitExit();

        assertThat(children).hasSize(7).noneMatch(Leftovers::lives);
        assertThat(data.resolve("run/state.json")).doesNotExist();
        assertThat(launched.text()).contains("Tapedeck is ready after").contains("Stopped after");
    }

    @Test
    void aKilledChildComesBack() throws Exception {
        try (var launched = Launched.start(checkout, data, "--port", "0").awaitReady()) {
            for (var name : Set.of("transcode-worker-1", "postgres", "kafka", "s3proxy")) {
                var before = launched.child(name);
                ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
                await(name + " is back").atMost(PATIENCE).until(() -> isBack(launched, before));
            }
        }
    }

    @Test
    void aKilledLauncherLeavesNothingInTheWayOfTheNextStart() throws Exception {
        var first = Launched.start(checkout, data, "--port", "0").awaitReady();
        var ownerKey = Files.readString(Path.of(first.state().ownerKeyFile()));
        var orphans = first.children();
        first.process().destroyForcibly().waitFor();

        try (var second = Launched.start(checkout, data, "--port", "0").awaitReady()) {
            assertThat(orphans).noneMatch(Leftovers::lives);
            assertThat(get(second.state().url() + "/").statusCode()).isEqualTo(200);
            assertThat(Files.readString(Path.of(second.state().ownerKeyFile())))
                    .isEqualTo(ownerKey);
        }
    }

    @Test
    void aSecondStartOnTheSameDataIsRefusedInOneLine() throws Exception {
        try (var first = Launched.start(checkout, data, "--port", "0").awaitReady()) {
            var second = Launched.start(checkout, data, "--port", "0");
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.text())
                    .hasLineCount(1)
                    .contains("belongs to a running Tapedeck")
                    .contains(first.state().url());
            assertThat(get(first.state().url() + "/q/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aTakenPortIsToldInOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            var launched = Launched.start(checkout, data, "--port", port);
            assertThat(launched.awaitExit()).isEqualTo(1);
            assertThat(launched.text()).hasLineCount(1).contains("port " + port).contains("--port");
        }
    }

    @Test
    void aDataDirectoryThatCannotBeIsToldInOneLine() throws Exception {
        var file = Files.createFile(directory.resolve("file"));
        var launched = Launched.start(checkout, file, "--port", "0");
        assertThat(launched.awaitExit()).isEqualTo(1);
        assertThat(launched.text()).hasLineCount(1).contains("cannot write to the data directory");
    }

    private static boolean isBack(Launched launched, RunState.RunningProcess before) {
        return launched.state().processes().stream()
                        .anyMatch(child ->
                                child.name().equals(before.name()) && child.pid() != before.pid())
                && get(launched.state().url() + "/q/health").statusCode() == 200;
    }

    private static HttpResponse<String> get(String url) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
