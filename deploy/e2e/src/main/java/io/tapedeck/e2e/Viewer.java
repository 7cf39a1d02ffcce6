package io.tapedeck.e2e;

import io.tapedeck.checker.Playlist;
import io.tapedeck.checker.Segment;
import io.tapedeck.e2e.TapedeckClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.awaitility.Awaitility;

/// Watches one session by its link.
public final class Viewer {

    private static final Duration POLL = Duration.ofMillis(100);

    private final TapedeckClient client;
    private final String sessionId;

    public Viewer(TapedeckClient client, String sessionId) {
        this.client = client;
        this.sessionId = sessionId;
    }

    /// State of the session as its link shows it.
    public String state() {
        return client.session(sessionId).json().path("state").asText();
    }

    /// Waits for a state.
    public void await(String state, Duration atMost) {
        Awaitility.await("session %s is %s".formatted(sessionId, state))
                .atMost(atMost)
                .pollInterval(POLL)
                .until(this::state, state::equals);
    }

    /// The first variant's playlist, empty while nothing can be played.
    public Optional<Playlist> playlist() {
        return variants().stream().findFirst().map(this::read);
    }

    /// The playlists of all renditions by name, best first; empty while nothing can be played.
    public SequencedMap<String, Playlist> renditions() {
        SequencedMap<String, Playlist> found = new LinkedHashMap<>();
        for (URI uri : variants()) {
            String folder = uri.getPath().replaceFirst("/[^/]*$", "");
            found.put(folder.substring(folder.lastIndexOf('/') + 1), read(uri));
        }
        return found;
    }

    /// The first variant's playlist as it is written, empty while nothing can be played.
    public Optional<String> text() {
        return variants().stream().findFirst().map(uri -> client.get(uri.toString()).text());
    }

    /// How many segments are listed.
    public int listed() {
        return playlist().map(playlist -> playlist.entries().size()).orElse(0);
    }

    /// How long what is listed plays.
    public double seconds() {
        return playlist().stream()
                .flatMap(playlist -> playlist.entries().stream())
                .mapToDouble(Playlist.Entry::seconds)
                .sum();
    }

    /// Downloads all segments that the first variant lists, in order.
    public List<Segment> segments(Path folder) throws IOException {
        return segments(playlist().orElseThrow(), folder);
    }

    /// Downloads all segments that a playlist lists, in order.
    public List<Segment> segments(Playlist playlist, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Segment> segments = new ArrayList<>();
        for (var entry : playlist.entries()) {
            if (entry.gap()) {
                continue;
            }
            Path file = folder.resolve("%05d.ts".formatted(segments.size()));
            int status = client.download(entry.uri().toString(), file);
            if (status != 200) {
                throw new IOException(entry.uri() + ": " + status);
            }
            segments.add(new Segment(file, entry.seconds(), entry.discontinuity()));
        }
        return segments;
    }

    /// Waits for the MP4 and downloads it.
    public Path mp4(Path file, Duration atMost) {
        String path = "/media/%s/recording.mp4".formatted(sessionId);
        Awaitility.await("mp4 of " + sessionId)
                .atMost(atMost)
                .pollInterval(POLL)
                .until(() -> client.download(path, file) == 200);
        return file;
    }

    private Playlist read(URI uri) {
        return Playlist.parse(uri, client.get(uri.toString()).text());
    }

    private List<URI> variants() {
        String path = "/hls/%s/master.m3u8".formatted(sessionId);
        Answer master = client.get(path);
        return master.status() == 200
                ? master.text()
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(uri -> client.resolve(path).resolve(uri))
                        .toList()
                : List.of();
    }
}
