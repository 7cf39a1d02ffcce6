package io.tapedeck.standalone.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keeping a real process running.
class ChildIT {

    @TempDir Path directory;

    @Test
    void aProgramThatCannotBeRunForAWhileIsRunAgain() throws Exception {
        var program = directory.resolve("program");
        write(program);
        var notRun = new CompletableFuture<Integer>();
        var backAgain = new CompletableFuture<Duration>();
        var listener =
                new ChildListener() {
                    @Override
                    public void started(Child child) {}

                    @Override
                    public void ready(Child child, Duration after) {
                        if (notRun.isDone()) {
                            backAgain.complete(after);
                        }
                    }

                    @Override
                    public void died(Child child, int exitCode, Duration pause) {
                        if (exitCode == 127) {
                            notRun.complete(exitCode);
                        }
                    }
                };
        try (var child = Child.start(spec(program), listener, Clock.systemUTC())) {
            child.firstReady().get(30, TimeUnit.SECONDS);
            Files.delete(program);
            Objects.requireNonNull(child.handle()).destroy();
            notRun.get(30, TimeUnit.SECONDS);
            write(program);
            assertThat(backAgain).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    private ChildSpec spec(Path program) {
        return new ChildSpec(
                "program",
                0,
                List.of(program.toString()),
                Map.of(),
                directory.resolve("log"),
                () -> true,
                Duration.ofSeconds(5));
    }

    private static void write(Path program) throws IOException {
        var aside = program.resolveSibling("aside");
        Files.writeString(aside, "#!/bin/sh\nexec cat\n");
        Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(aside, program);
    }
}
