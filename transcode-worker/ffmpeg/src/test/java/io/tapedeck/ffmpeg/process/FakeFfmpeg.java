package io.tapedeck.ffmpeg.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A program that behaves badly in one way. It notes its process id before anything else.
record FakeFfmpeg(Path directory) {

    /// @param behaviour lines of shell
    FfmpegInstallation that(String behaviour) throws IOException {
        Path script = directory.resolve("fake ffmpeg");
        Files.writeString(
                script, "#!/bin/sh\necho $$ > \"%s\"\n%s\n".formatted(pidFile(), behaviour));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
        return new FfmpegInstallation(script.toString(), "fake", "");
    }

    boolean gone() throws IOException {
        return process().filter(ProcessHandle::isAlive).isEmpty();
    }

    boolean started() throws IOException {
        return Files.exists(pidFile()) && Files.readString(pidFile()).endsWith("\n");
    }

    private Optional<ProcessHandle> process() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()));
    }

    private Path pidFile() {
        return directory.resolve("pid");
    }
}
