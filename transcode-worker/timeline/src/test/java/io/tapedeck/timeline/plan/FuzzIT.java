package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import io.tapedeck.timeline.Recording;
import io.tapedeck.timeline.Thinned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Looks for bytes that break a [Promises], guided by what they reach in the parsers: 20 s, or ten
/// minutes with `-Dtapedeck.long=true`. What it learns stays in `target/fuzz/corpus` for the next
/// time; what it finds is a file in `target/fuzz`, to become one of [PromisesTest]'s.
class FuzzIT {

    private static final Duration TIME =
            Boolean.getBoolean("tapedeck.long") ? Duration.ofMinutes(10) : Duration.ofSeconds(20);

    private static final Duration SLOWEST_RUN = Duration.ofSeconds(20);
    private static final int SEED_BYTES = 4096;
    private static final int MOST_BYTES = 8192;
    private static final Path FOLDER = Path.of("target/fuzz").toAbsolutePath();

    @Test
    void noBytesBreakAPromise() throws Exception {
        Path log = Files.createDirectories(FOLDER).resolve("log.txt");
        Process fuzzer =
                new ProcessBuilder(command(corpus(), seeds()))
                        .directory(FOLDER.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            Duration longest = TIME.plus(Duration.ofMinutes(5));
            assertThat(fuzzer.waitFor(longest.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            fuzzer.destroyForcibly();
        }
        String told = Files.readString(log);
        assertThat(fuzzer.exitValue()).as(told).isZero();
        // Coverage counts only what was instrumented.
        assertThat(told).contains("Instrumented " + RunPlanner.class.getName(), "Done ");
    }

    private static List<String> command(Path corpus, Path seeds) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Jazzer.class.getName(),
                "--target_class=" + PlannerFuzz.class.getName(),
                "--instrumentation_includes=io.tapedeck.timeline.**",
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.**",
                "--reproducer_path=" + FOLDER,
                "-artifact_prefix=" + FOLDER + "/",
                "-max_total_time=" + TIME.toSeconds(),
                "-timeout=" + SLOWEST_RUN.toSeconds(),
                "-max_len=" + MOST_BYTES,
                corpus.toString(),
                seeds.toString());
    }

    private static Path corpus() throws IOException {
        return Files.createDirectories(FOLDER.resolve("corpus"));
    }

    private static Path seeds() throws IOException {
        Path seeds = Files.createDirectories(FOLDER.resolve("seeds"));
        for (Recording recording : Recording.all()) {
            if (!recording.packets().isEmpty()) {
                byte[] thinned = Thinned.of(recording.bytes());
                byte[] seed = Arrays.copyOf(thinned, Math.min(thinned.length, SEED_BYTES));
                Files.write(seeds.resolve(recording.toString()), seed);
            }
        }
        return seeds;
    }
}
