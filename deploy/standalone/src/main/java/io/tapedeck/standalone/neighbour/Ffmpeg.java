package io.tapedeck.standalone.neighbour;

import io.tapedeck.standalone.child.CannotStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An ffmpeg that runs here and has the encoders for H.264 and AAC.
///
/// The one that comes with the build is tried before the one on the PATH, because it starts six
/// times cheaper than a distribution's (0.01 against 0.06 CPU seconds) and a worker starts one for
/// each window. It needs libraries of a desktop, though, which a bare machine lacks.
///
/// @param program path or name
/// @param origin where it was found, for people
public record Ffmpeg(String program, String origin) {

    private static final String CONFIGURED = "TAPEDECK_FFMPEG_PATH";
    private static final long PROBE_SECONDS = 20;
    private static final long INSTALL_SECONDS = 600;

    /// @param data where to unpack it if there is no better place
    /// @param log output of an installation
    /// @param say told when it takes longer
    /// @throws CannotStart when there is none and none can be had
    public static Ffmpeg find(
            Installation installation, Path data, Path log, Consumer<String> say) {
        var configured = System.getenv(CONFIGURED);
        if (configured != null && !configured.isBlank()) {
            if (!works(configured)) {
                throw new CannotStart(
                        "%s=%s does not run, or has no libx264".formatted(CONFIGURED, configured));
            }
            return new Ffmpeg(configured, CONFIGURED);
        }
        var found = onThisMachine(installation, data);
        if (found == null && install(log, say)) {
            found = onThisMachine(installation, data);
        }
        if (found == null) {
            throw new CannotStart(
                    "there is no ffmpeg with libx264: install one (apt install ffmpeg, brew install"
                            + " ffmpeg) or name it in "
                            + CONFIGURED);
        }
        return found;
    }

    private static @Nullable Ffmpeg onThisMachine(Installation installation, Path data) {
        var unpacked = Unpacked.in(data).flat(installation.archive("ffmpeg")).resolve("ffmpeg");
        if (works(unpacked.toString())) {
            return new Ffmpeg(unpacked.toString(), "the build's own");
        }
        return works("ffmpeg") ? new Ffmpeg("ffmpeg", "PATH") : null;
    }

    private static boolean works(String program) {
        try {
            var process =
                    new ProcessBuilder(program, "-hide_banner", "-encoders")
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)
                    && process.exitValue() == 0
                    && output.contains(" libx264 ")
                    && output.contains(" aac ");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean install(Path log, Consumer<String> say) {
        boolean mayInstall =
                "root".equals(System.getProperty("user.name"))
                        && Files.isExecutable(Path.of("/usr/bin/apt-get"));
        if (!mayInstall) {
            return false;
        }
        say.accept("installing ffmpeg with apt-get, because this machine has none");
        return aptGet(log, "install", "-y", "--no-install-recommends", "ffmpeg")
                || (aptGet(log, "update")
                        && aptGet(log, "install", "-y", "--no-install-recommends", "ffmpeg"));
    }

    private static boolean aptGet(Path log, String... arguments) {
        var command = new ArrayList<>(List.of("/usr/bin/apt-get"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
