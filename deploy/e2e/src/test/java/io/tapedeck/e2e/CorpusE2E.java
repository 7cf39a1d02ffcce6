package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
                shapes.add(shape(client, session, folder.resolve(session.id())));
            }
            assertThat(shapes.getFirst().packets()).isNotEmpty();
            assertThat(shapes).containsOnly(shapes.getFirst());
        }
    }

    private Shape shape(TapedeckClient client, OpenSession session, Path target) throws Exception {
        Viewer viewer = new Viewer(client, session.id());
        viewer.await("ready", PATIENCE);
        Playlist playlist = viewer.playlist().orElseThrow();
        assertThat(playlist.ended()).isTrue();
        return Shape.of(playlist, viewer.segments(target));
    }
}
