package io.tapedeck.ffmpeg.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A guest does not outlive a host that is killed with SIGKILL, even when it neither reads nor
/// listens to signals.
@Timeout(60)
class HostDeathIT {

    @TempDir private Path directory;

    @Test
    void theGuestDiesWithItsHost() throws Exception {
        var fake = new FakeFfmpeg(directory);
        fake.that("trap '' TERM HUP PIPE; exec sleep 1000");
        Process host =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Host.class.getName(),
                                directory.resolve("fake ffmpeg").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("host.log").toFile())
                        .start();
        try {
            while (!fake.started()) {
                assertThat(host.isAlive()).isTrue();
                Thread.onSpinWait();
            }
        } finally {
            host.destroyForcibly();
        }
        host.waitFor();

        while (!fake.gone()) {
            Thread.onSpinWait();
        }
    }

    /// Runs a guest until somebody kills it.
    static final class Host {
        private Host() {}

        public static void main(String[] args) throws Exception {
            var limits =
                    new FfmpegLimits(
                            Duration.ofHours(1),
                            Duration.ofHours(1),
                            Duration.ofSeconds(1),
                            1_000_000,
                            0,
                            1L << 32);
            var builder = new FFmpegBuilder();
            builder.addInput("pipe:0");
            builder.addOutput("pipe:1");
            new FfmpegRunner(new FfmpegInstallation(args[0], "fake", ""), limits)
                    .run(builder, _ -> {}, stdout -> stdout.readAllBytes(), Cancellation.never());
        }
    }
}
