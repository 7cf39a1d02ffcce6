package io.tapedeck.ffmpeg.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Asks a program that may or may not be ffmpeg about itself. Each question has seconds to be
/// answered and its answer goes through a file, so nothing can hang or flood us.
record InstallationProbe(String path) {

    private static final long LIMIT_SECONDS = 20;
    private static final int ANSWER_BYTES = 1 << 20;

    String ask(String... question) throws FfmpegUnavailableException {
        try {
            Path answer = Files.createTempFile("tapedeck-ffmpeg-", ".txt");
            try {
                return ask(question, answer);
            } finally {
                Files.deleteIfExists(answer);
            }
        } catch (IOException e) {
            throw new FfmpegUnavailableException(
                    "ffmpeg cannot be started as %s (%s): install ffmpeg 5.1 or newer, or name it in"
                                    .formatted(path, e.getMessage())
                            + " TAPEDECK_FFMPEG_PATH.");
        }
    }

    private String ask(String[] question, Path answer)
            throws IOException, FfmpegUnavailableException {
        var command = new ArrayList<>(List.of(path, "-hide_banner"));
        if (question[0].equals("-version")) {
            command.remove(1);
        }
        command.addAll(List.of(question));
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(answer.toFile())
                        .start();
        boolean answered = await(process);
        try (var in = Files.newInputStream(answer)) {
            String said = new String(in.readNBytes(ANSWER_BYTES), UTF_8);
            if (!answered || process.exitValue() != 0) {
                throw new FfmpegUnavailableException(
                        "%s does not run (%s): install ffmpeg 5.1 or newer, or name a working one in"
                                        .formatted(path, firstLine(answered, said))
                                + " TAPEDECK_FFMPEG_PATH.");
            }
            return said;
        }
    }

    private static boolean await(Process process) {
        try {
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String firstLine(boolean answered, String said) {
        if (!answered) {
            return "no answer within %d s".formatted(LIMIT_SECONDS);
        }
        return said.lines().filter(line -> !line.isBlank()).findFirst().orElse("it says nothing");
    }
}
