package io.tapedeck.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.standalone.child.ChildSpec;
import io.tapedeck.standalone.child.ClassArchives;
import io.tapedeck.standalone.compose.ServiceKeys;
import io.tapedeck.standalone.neighbour.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessesTest {

    private static final Map<String, String> NEIGHBOURS =
            Map.of(
                    "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/tapedeck",
                    "tapedeck.objects.endpoint", "http://127.0.0.1:2",
                    "tapedeck.objects.access-key", "a",
                    "tapedeck.objects.secret-key", "s");

    @TempDir Path directory;
    private ServiceProcesses processes;

    @BeforeEach
    void make() throws IOException {
        processes = refusing("", new Installation(Launched.checkout(directory)));
    }

    private ServiceProcesses refusing(String refused, Installation installation) {
        var port = new AtomicInteger(20_000);
        return new ServiceProcesses(
                installation,
                directory,
                NEIGHBOURS,
                "the-owner-key",
                "/ffmpeg",
                "private",
                refused,
                new ClassArchives(directory, Clock.systemUTC()),
                port::incrementAndGet);
    }

    @AfterEach
    void removeLink() throws IOException {
        Files.delete(directory.resolve("deploy/standalone"));
    }

    @Test
    void everyVariableIsOneThatTheServiceKnowsAndNoneIsMissing() {
        assertKnown("ingest-service", processes.ingest(List.of(8080, 8081)));
        assertKnown("playback-service", processes.playback());
        assertKnown("transcode-worker", processes.workers(1).getFirst());
    }

    @Test
    void workersHaveNamesAndPortsOfTheirOwn() {
        var workers = processes.workers(3);
        assertThat(workers)
                .extracting(ChildSpec::name)
                .containsExactly("transcode-worker-1", "transcode-worker-2", "transcode-worker-3");
        assertThat(workers).extracting(ChildSpec::port).doesNotHaveDuplicates();
    }

    @Test
    void onlyDoorsOfTheOwnerKnowHisKey() {
        assertThat(processes.workers(1).getFirst().environment())
                .doesNotContainValue("the-owner-key");
        assertThat(processes.ingest(List.of(8080, 8081)).environment())
                .containsEntry("TAPEDECK_OWNER_KEY", "the-owner-key");
    }

    @Test
    void ownDoorsAreNoCameras() {
        assertThat(processes.ingest(List.of(8080, 8081)).environment())
                .containsEntry("TAPEDECK_CAMERAS_ALLOW", "private")
                .containsEntry("TAPEDECK_CAMERAS_REFUSE", "0.0.0.0:8080,0.0.0.0:8081");
    }

    @Test
    void whatTheOperatorRefusesIsRefusedBesides() {
        var more = refusing("nas:5000,10.0.0.1:80", processes.installation());
        assertThat(more.ingest(List.of(8080)).environment())
                .containsEntry("TAPEDECK_CAMERAS_REFUSE", "0.0.0.0:8080,nas:5000,10.0.0.1:80");
    }

    private static void assertKnown(String service, ChildSpec spec) {
        var keys =
                ServiceKeys.of(
                        Path.of("../.."),
                        service,
                        "ingest-service/chassis",
                        "transcode-worker/ffmpeg");
        assertThat(keys.variables()).containsAll(spec.environment().keySet());
        assertThat(spec.environment().keySet()).containsAll(keys.requiredVariables());
    }
}
