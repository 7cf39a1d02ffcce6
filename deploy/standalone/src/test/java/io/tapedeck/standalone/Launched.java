package io.tapedeck.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// The launcher as a process, as a person starts it, over stub services.
public record Launched(Process process, Path data, Path output) implements AutoCloseable {

    /// A checkout whose service jars are stubs and whose neighbours are the real ones.
    public static Path checkout(Path directory) throws IOException {
        var real = Path.of("").toAbsolutePath(); // deploy/standalone
        Files.createDirectories(directory.resolve("deploy"));
        Files.createSymbolicLink(directory.resolve("deploy/standalone"), real);
        for (var service : List.of("ingest-service", "transcode-worker", "playback-service")) {
            var app = directory.resolve(service).resolve("target/quarkus-app");
            Files.createDirectories(app);
            stubJar(app.resolve("quarkus-run.jar"));
        }
        var pages = directory.resolve("web-ui/dist");
        Files.createDirectories(pages.resolve("assets"));
        Files.writeString(pages.resolve("index.html"), "<!doctype html><title>Tapedeck</title>");
        Files.writeString(pages.resolve("assets/app-1.js"), "export {}");
        return directory;
    }

    static Launched start(Path checkout, Path data, String... more) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Dtapedeck.home=" + checkout,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.tapedeck.standalone.Main",
                                "--data",
                                data.toString()));
        command.addAll(List.of(more));
        var output = Files.createTempFile(checkout, "output", ".txt");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        return new Launched(process, data, output);
    }

    Launched awaitReady() {
        await("ready").atMost(Duration.ofSeconds(90)).until(() -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new AssertionError("ended: " + text());
        }
        return this;
    }

    RunState state() {
        return new RunStateFile(data).read().orElseThrow();
    }

    RunState.RunningProcess child(String name) {
        return state().processes().stream()
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<ProcessHandle> children() {
        return state().processes().stream()
                .flatMap(child -> ProcessHandle.of(child.pid()).stream())
                .toList();
    }

    String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end: " + text());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        awaitExit();
    }

    /// A killed predecessor's file may still lie there.
    private boolean isReady() {
        return new RunStateFile(data)
                .read()
                .filter(state -> state.ready() && state.launcherPid() == process.pid())
                .isPresent();
    }

    public static void stubJar(Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubService.class.getName());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            var name = StubService.class.getName().replace('.', '/') + ".class";
            out.putNextEntry(new JarEntry(name));
            try (var in = StubService.class.getClassLoader().getResourceAsStream(name)) {
                Objects.requireNonNull(in).transferTo(out);
            }
        }
    }
}
