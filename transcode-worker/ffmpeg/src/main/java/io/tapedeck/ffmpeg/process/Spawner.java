package io.tapedeck.ffmpeg.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Starts guests: no shell, an almost empty environment, and, where util-linux is there, bounds
/// that the kernel holds even when we cannot: processor time, address space, no core dumps
/// (`prlimit`), and death together with us (`setpriv --pdeathsig`).
final class Spawner {

    /// The kernel's "parent" is the thread that spawns, so it must live as long as this JVM does.
    private static final ExecutorService PARENT =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("ffmpeg-parent").factory());

    private static final Optional<String> PRLIMIT = find("prlimit");
    private static final Optional<String> NICE = find("nice");
    private static final Optional<String> SETPRIV = find("setpriv");

    private Spawner() {}

    static Process spawn(List<String> command, FfmpegLimits limits) throws IOException {
        var builder = new ProcessBuilder(bounded(command, limits));
        builder.environment().keySet().removeIf(name -> !keep(name));
        try {
            return CompletableFuture.supplyAsync(() -> start(builder), PARENT).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StartException failure) {
                throw failure.failure;
            }
            throw e;
        }
    }

    /// The command with what bounds it in front.
    static List<String> bounded(List<String> command, FfmpegLimits limits) {
        var all = new ArrayList<String>();
        PRLIMIT.ifPresent(prlimit -> {
            // Threads count together; a run has wall time × cores at most.
            long cpuSeconds =
                    limits.wall().toSeconds() * Runtime.getRuntime().availableProcessors();
            all.add(prlimit);
            all.add("--core=0");
            all.add("--cpu=" + Math.max(cpuSeconds, 1));
            all.add("--as=" + limits.memoryBytes());
        });
        if (limits.niceness() > 0) {
            NICE.ifPresent(nice -> all.addAll(List.of(nice, "-n", "" + limits.niceness())));
        }
        SETPRIV.ifPresent(setpriv -> all.addAll(List.of(setpriv, "--pdeathsig", "KILL")));
        all.addAll(command);
        return all;
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StartException(e);
        }
    }

    /// What a program needs to be found, to find its libraries and to speak English.
    private static boolean keep(String name) {
        return List.of("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "LANG").contains(name);
    }

    private static Optional<String> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static final class StartException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient IOException failure;

        StartException(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
