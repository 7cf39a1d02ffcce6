package io.tapedeck.e2e;

import io.tapedeck.checker.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must be equal between two renderings of the same recording: windows, and the timestamps of
/// every picture and of every packet of sound, as ffprobe reads them. Bytes may differ.
///
/// @param windows EXTINF and discontinuity of each listed segment
/// @param packets `stream type,pts` in the order of the stream
record Shape(List<String> windows, List<String> packets) {

    static Shape of(List<Segment> segments) throws IOException {
        List<String> windows =
                segments.stream()
                        .map(segment -> segment.seconds() + " " + segment.discontinuity())
                        .toList();
        return new Shape(windows, probe(segments.stream().map(Segment::file).toList()));
    }

    /// In words, where another one first differs from this.
    String difference(@Nullable Shape other) {
        if (other == null) {
            return "it is not there";
        }
        return "windows: %s; packets: %s"
                .formatted(first(windows, other.windows), first(packets, other.packets));
    }

    private static String first(List<String> wanted, List<String> found) {
        for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
            String want = i < wanted.size() ? wanted.get(i) : "nothing";
            String have = i < found.size() ? found.get(i) : "nothing";
            if (!want.equals(have)) {
                return "number %d of %d is %s instead of %s"
                        .formatted(i, wanted.size(), have, want);
            }
        }
        return "equal";
    }

    private static List<String> probe(List<Path> segments) throws IOException {
        Process ffprobe =
                new ProcessBuilder(
                                "ffprobe",
                                "-v",
                                "error",
                                "-f",
                                "mpegts",
                                "-show_entries",
                                "packet=codec_type,pts",
                                "-of",
                                "csv=p=0",
                                "-i",
                                "pipe:0")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Thread.ofVirtual().start(() -> feed(ffprobe, segments));
        String listing =
                new String(ffprobe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return listing.lines().filter(line -> !line.isBlank()).toList();
    }

    private static void feed(Process ffprobe, List<Path> segments) {
        try (var out = ffprobe.getOutputStream();
                var in = concatenated(segments)) {
            in.transferTo(out);
        } catch (IOException e) {
            ffprobe.destroyForcibly();
        }
    }

    private static InputStream concatenated(List<Path> segments) throws IOException {
        List<InputStream> streams = new ArrayList<>();
        for (Path segment : segments) {
            streams.add(Files.newInputStream(segment));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }
}
