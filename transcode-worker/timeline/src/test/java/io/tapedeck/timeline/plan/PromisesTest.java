package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Recording;
import io.tapedeck.timeline.Thinned;
import io.tapedeck.timeline.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that once broke a promise, and where the fuzzer starts from.
class PromisesTest {

    private static final Path FOUND = Path.of("src/test/resources/fuzz");

    static List<Path> found() throws IOException {
        try (Stream<Path> files = Files.list(FOUND)) {
            return files.sorted().toList();
        }
    }

    static Stream<Recording> recordings() {
        return Recording.all().stream().filter(r -> !r.packets().isEmpty());
    }

    @ParameterizedTest
    @MethodSource
    void found(Path bytes) throws IOException {
        Promises.keep(Files.readAllBytes(bytes));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void thinnedRecordingsAreStillRecordings(Recording recording) throws Exception {
        byte[] thinned = Thinned.of(recording.bytes());
        assertThat(ends(Plans.of(thinned))).isEqualTo(ends(Plans.of(recording.bytes())));
        Promises.keep(thinned);
    }

    private static List<Long> ends(List<Window> windows) {
        return windows.stream().map(Window::endTicks).toList();
    }
}
