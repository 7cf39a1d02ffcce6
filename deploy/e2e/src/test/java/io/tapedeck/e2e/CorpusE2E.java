package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.checker.Checker;
import io.tapedeck.checker.Findings;
import io.tapedeck.checker.Playlist;
import io.tapedeck.checker.Segment;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recording of the corpus, arriving in every order, gives one and the same result, and that
/// result is right when judged by decoding. Some arrive in every way, the others in order and
/// scrambled; with `./verify --long` all arrive in every way.
@ExtendWith(Running.class)
class CorpusE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir Path folder;

    /// One of each container, and one of several runs.
    private static final Set<String> IN_EVERY_WAY =
            Set.of(
                    "chr-webm-vp8-480-t250",
                    "chr-mkv-avc1-480-t1000",
                    "chr-mp4-avc3-opus-480-t1000",
                    "ff-webm-vp8-restart5s");

    /// An `avc1` of which only the header says how pictures are coded, and then their size changed.
    private static final String UNDECODABLE = "chr-mp4-avc1-resize-t1000";

    private static final double CHANGES_AFTER_SECONDS = 8;

    static List<Recording> recordings() {
        return Recording.all(Running.CORPUS, "chr-", "ff-").stream()
                .filter(recording -> !recording.name().equals(UNDECODABLE))
                .toList();
    }

    private static List<Uploads> ways(Recording recording) {
        return Boolean.getBoolean("tapedeck.long") || IN_EVERY_WAY.contains(recording.name())
                ? Uploads.all()
                : List.of(Uploads.IN_ORDER, Uploads.SCRAMBLED);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void anyArrivalGivesTheSameRightResult(Recording recording) throws Exception {
        try (var client = new TapedeckClient(Running.url())) {
            List<OpenSession> sessions =
                    ways(recording).stream().map(way -> way.send(client, recording)).toList();
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

    @Test
    void whatCannotBeDecodedIsAGapAndTheRestIsGood() throws Exception {
        Recording recording = Recording.read(Running.CORPUS.resolve(UNDECODABLE));
        try (var client = new TapedeckClient(Running.url())) {
            OpenSession session = Uploads.IN_ORDER.send(client, recording);
            var viewer = new Viewer(client, session.id());
            viewer.await("ready", PATIENCE);

            JsonNode gaps = client.session(session.id()).json().path("gaps");
            assertThat(gaps).isNotEmpty();
            assertThat(gaps.get(0).path("startMillis").asLong())
                    .isEqualTo((long) (CHANGES_AFTER_SECONDS * 1000));
            assertThat(gaps.get(0).path("reason").asText()).contains("can be decoded");
            assertThat(viewer.renditions().keySet()).doesNotContain("source");
            for (Playlist playlist : viewer.renditions().values()) {
                double seconds = 0;
                for (Playlist.Entry entry : playlist.entries()) {
                    assertThat(entry.gap()).isEqualTo(seconds >= CHANGES_AFTER_SECONDS);
                    seconds += entry.seconds();
                }
            }
        }
    }

    private List<Segment> segments(TapedeckClient client, OpenSession session) throws IOException {
        Viewer viewer = new Viewer(client, session.id());
        viewer.await("ready", PATIENCE);
        assertThat(viewer.playlist().orElseThrow().ended()).isTrue();
        return viewer.segments(folder.resolve(session.id()));
    }
}
