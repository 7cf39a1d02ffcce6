package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Checker;
import io.tapedeck.checker.Findings;
import io.tapedeck.checker.Segment;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recording of Chromium's webm and matroska recorder, arriving in every order, gives one and
/// the same result, and that result is right when judged by decoding.
@ExtendWith(Running.class)
class CorpusE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir Path folder;

    static List<Recording> recordings() {
        return Recording.all(Running.CORPUS, "chr-webm-", "chr-mkv-");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void anyArrivalGivesTheSameRightResult(Recording recording) throws Exception {
        try (var client = new TapedeckClient(Running.url())) {
            List<OpenSession> sessions =
                    Uploads.all().stream().map(way -> way.send(client, recording)).toList();
            List<Shape> shapes = new ArrayList<>();
            for (OpenSession session : sessions) {
                shapes.add(Shape.of(segments(client, session)));
            }
            assertThat(shapes.getFirst().packets()).isNotEmpty();
            assertThat(shapes).containsOnly(shapes.getFirst());

            OpenSession first = sessions.getFirst();
            Path mp4 = new Viewer(client, first.id()).mp4(folder.resolve("it.mp4"), PATIENCE);
            Findings findings =
                    new Checker(Files.createDirectory(folder.resolve("checker")))
                            .check(
                                    recording.writeRuns(folder.resolve("source")),
                                    segments(client, first),
                                    Optional.of(mp4));
            assertThat(findings.problems()).as(findings.measures().toString()).isEmpty();
        }
    }

    private List<Segment> segments(TapedeckClient client, OpenSession session) throws IOException {
        Viewer viewer = new Viewer(client, session.id());
        viewer.await("ready", PATIENCE);
        assertThat(viewer.playlist().orElseThrow().ended()).isTrue();
        return viewer.segments(folder.resolve(session.id()));
    }
}
