package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Checker;
import io.tapedeck.checker.Findings;
import io.tapedeck.checker.Playlist;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file can be watched anywhere as soon as it is there: all of it is listed at once, what nobody
/// has rendered yet is rendered when somebody asks for it, and what was listed is right for ever.
///
/// `-Dtapedeck.seek.minutes=…` asks for another length than three minutes.
@ExtendWith(Running.class)
class SeekE2E {

    private static final Duration PERIOD = Duration.ofMillis(19_200);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// Alone on its machine it is a second; tests have company.
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"chr-webm-h264-480-t1000-kc60", "chr-webm-vp8-480-t1000"})
    void aFileIsWatchedAnywhereAtOnce(String name) throws Exception {
        var recording = EndlessRecording.of(Recording.read(Running.CORPUS.resolve(name)), PERIOD);
        int repetitions =
                recording.repetitions(
                        Duration.ofMinutes(Integer.getInteger("tapedeck.seek.minutes", 3)));
        try (var client = new TapedeckClient(Running.url())) {
            OpenSession session = client.open("a file", recording.mimeType(), false);
            Path source = send(client, session, recording, recording.chunks(repetitions));
            long begun = System.nanoTime();
            var viewer = new Viewer(client, session.id());

            Playlist playlist = await(viewer);
            Map<String, byte[]> seen = new LinkedHashMap<>();
            fetch(client, playlist, 0, seen);
            System.out.printf("%s: first segment %d ms%n", name, millisSince(begun));
            playlist = awaitWhole(viewer);
            assertThat(seconds(playlist))
                    .isBetween(
                            recording.length(repetitions).toMillis() / 1000.0 - 0.2,
                            recording.length(repetitions).toMillis() / 1000.0 + 0.2);
            String text = viewer.text().orElseThrow();
            assertThat(text).contains("#EXT-X-PLAYLIST-TYPE:VOD\n");

            int windows = playlist.entries().size();
            for (int window : List.of(windows - 3, windows / 2, windows - 1)) {
                long asked = System.nanoTime();
                fetch(client, playlist, window, seen);
                System.out.printf(
                        "%s: window %d of %d in %d ms at %s%n",
                        name, window, windows, millisSince(asked), processing(client, session));
                assertThat(millisSince(asked)).isLessThan(SOON.toMillis());
            }
            assertThat(viewer.state()).isEqualTo("completing");

            viewer.await("ready", PATIENCE);
            System.out.printf("%s: ready after %d ms%n", name, millisSince(begun));
            assertThat(client.get(address(playlist)).text()).isEqualTo(text);
            seen.forEach(
                    (uri, bytes) -> assertThat(client.get(uri).body()).as(uri).isEqualTo(bytes));
            Findings findings =
                    new Checker(Files.createDirectory(folder.resolve("checker")))
                            .check(
                                    List.of(source),
                                    viewer.segments(playlist, folder.resolve("segments")),
                                    Optional.empty());
            assertThat(findings.problems()).as(findings.measures().toString()).isEmpty();
        }
    }

    /// The address that the playlist was read from, which stays what it is.
    private static String address(Playlist playlist) {
        String segment = playlist.entries().getFirst().uri().toString();
        return segment.replaceFirst("/1/0\\.ts$", "/index.m3u8?generation=1&windows=")
                + playlist.entries().size();
    }

    /// Its beginning comes last, so nothing is planned or rendered before all of it is there: as
    /// with a file whose index is at its end.
    ///
    /// @return the file
    private Path send(
            TapedeckClient client, OpenSession session, EndlessRecording recording, int chunks)
            throws Exception {
        var file = new ByteArrayOutputStream();
        for (int index = 0; index < chunks; index++) {
            byte[] bytes = recording.chunk(index, index == chunks - 1);
            file.write(bytes);
            if (index > 0) {
                assertThat(client.putChunk(session, index, 0, bytes).status()).isEqualTo(201);
            }
        }
        byte[] beginning = recording.chunk(0, chunks == 1);
        assertThat(client.putChunk(session, 0, 0, beginning).status()).isEqualTo(201);
        assertThat(client.complete(session, chunks).status()).isEqualTo(202);
        return Files.write(folder.resolve("file"), file.toByteArray());
    }

    private static Playlist await(Viewer viewer) {
        return Awaitility.await("a playlist")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(viewer::playlist, Optional::isPresent)
                .orElseThrow();
    }

    private static Playlist awaitWhole(Viewer viewer) {
        return Awaitility.await("all of the playlist")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> await(viewer), Playlist::ended);
    }

    private static void fetch(
            TapedeckClient client, Playlist playlist, int window, Map<String, byte[]> seen) {
        String uri = playlist.entries().get(window).uri().toString();
        var answer = client.get(uri);
        assertThat(answer.status()).as(uri).isEqualTo(200);
        seen.put(uri, answer.body());
    }

    private static String processing(TapedeckClient client, OpenSession session) {
        var json = client.session(session.id()).json();
        return json.path("state").asText() + " " + json.path("processing");
    }

    private static double seconds(Playlist playlist) {
        return playlist.entries().stream().mapToDouble(Playlist.Entry::seconds).sum();
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
