package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Checker;
import io.tapedeck.checker.Findings;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that cannot be planned while they come, in chunks that arrive in the wrong order, are
/// right in the end when judged by decoding, and still there as they came.
@ExtendWith(Running.class)
class ForeignContainerE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int SECONDS = 10;
    private static final int CHUNKS = 7;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "opus.ogg, audio/ogg;codecs=opus, -vn -c:a libopus",
        "start.mp4, video/mp4, -c:v libx264 -bf 0 -c:a aac -movflags +faststart",
        "end.mp4, video/mp4, -c:v libx264 -bf 2 -c:a aac"
    })
    void comesOutRight(String name, String mimeType, String how) throws Exception {
        Path source = make(name, how);
        Recording recording = new Recording(name, mimeType, split(source), false);
        try (var client = new TapedeckClient(Running.url())) {
            OpenSession session = Uploads.IN_REVERSE.send(client, recording);
            Viewer viewer = new Viewer(client, session.id());
            viewer.await("ready", PATIENCE);

            assertThat(viewer.seconds()).isBetween(SECONDS - 0.1, SECONDS + 0.2);
            assertThat(viewer.playlist().orElseThrow().ended()).isTrue();
            Path mp4 = viewer.mp4(folder.resolve("it.mp4"), PATIENCE);
            Findings findings =
                    new Checker(Files.createDirectory(folder.resolve("checker")))
                            .check(
                                    List.of(source),
                                    viewer.segments(folder.resolve("segments")),
                                    Optional.of(mp4));
            assertThat(findings.problems()).as(findings.measures().toString()).isEmpty();
            assertThat(client.get("/media/" + session.id() + "/source").body())
                    .isEqualTo(Files.readAllBytes(source));
        }
    }

    private Path make(String name, String how) throws Exception {
        Path file = folder.resolve(name);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ffmpeg",
                                "-v",
                                "error",
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=size=320x240:rate=30",
                                "-f",
                                "lavfi",
                                "-i",
                                "aevalsrc=0.3*sin(2*PI*t*(300+40*t)):s=48000",
                                "-t"));
        command.addAll(List.of("" + SECONDS, "-g", "60"));
        command.addAll(List.of(how.split(" ")));
        command.add(file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return file;
    }

    private List<Path> split(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        List<Path> chunks = new ArrayList<>();
        for (int i = 0; i < CHUNKS; i++) {
            int from = whole.length * i / CHUNKS;
            int to = whole.length * (i + 1) / CHUNKS;
            chunks.add(
                    Files.write(folder.resolve("chunk-" + i), Arrays.copyOfRange(whole, from, to)));
        }
        return chunks;
    }
}
