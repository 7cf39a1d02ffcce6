package io.tapedeck.standalone.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tapedeck.standalone.Launched;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a real JVM, which takes an archive or leaves it.
class ClassArchivesIT {

    @TempDir Path directory;
    private JavaCommand command;

    @BeforeEach
    void makeProgram() throws IOException {
        assumeFalse(
                Files.isDirectory(Tether.classPathEntry()),
                "archives are made of jars; Failsafe runs this from one");
        var jar = Files.createDirectories(directory.resolve("app")).resolve("stub.jar");
        Launched.stubJar(jar);
        command = JavaCommand.ofJar(jar, JavaCommand.options(16, 64, JitEffort.LEAST));
    }

    @Test
    void whatTheFirstRunLoadsTheSecondFindsInAnArchive() throws Exception {
        try (var first = archives()) {
            run(first.speedUp("stub", command));
            first.makeMissing();
        }
        assertThat(names()).singleElement().asString().startsWith("stub-").endsWith(".jsa");

        try (var second = archives()) {
            var faster = second.speedUp("stub", command);
            assertThat(faster.jvmOptions()).last().asString().contains("SharedArchiveFile");
            // Ends at once if the archive does not fit.
            run(faster.with("-Xshare:on"));
        }
    }

    @Test
    void anotherBuildGetsAnotherArchive() throws Exception {
        try (var first = archives()) {
            run(first.speedUp("stub", command));
            first.makeMissing();
        }
        Files.writeString(directory.resolve("app/more.jar"), "changed");
        try (var second = archives()) {
            assertThat(second.speedUp("stub", command).jvmOptions())
                    .last()
                    .asString()
                    .contains("DumpLoadedClassList");
        }
    }

    @Test
    void oneOfSeveralTakesNotesAndNoneAreLeftBehind() throws IOException {
        try (var archives = archives()) {
            assertThat(archives.speedUp("stub", command)).isNotEqualTo(command);
            assertThat(archives.speedUp("stub", command)).isEqualTo(command);
            assertThat(names()).hasSize(1);
        }
        assertThat(names()).isEmpty();
    }

    private ClassArchives archives() {
        return new ClassArchives(directory, Clock.systemUTC());
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory.resolve("classes"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void run(JavaCommand program) throws Exception {
        int port = new Ports(RandomGenerator.getDefault()).next();
        var spec =
                new ChildSpec(
                        "stub",
                        port,
                        program.toList(),
                        Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", "" + port),
                        directory.resolve("stub.log"),
                        Readiness.http(
                                URI.create("http://127.0.0.1:" + port + "/q/health/ready"), 200),
                        Duration.ofSeconds(5));
        try (var child = Child.start(spec, ChildListener.SILENT, Clock.systemUTC())) {
            child.firstReady().get(60, TimeUnit.SECONDS);
        }
    }
}
