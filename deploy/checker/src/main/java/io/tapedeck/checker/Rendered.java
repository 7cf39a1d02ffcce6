package io.tapedeck.checker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What was rendered: all segments joined as a player that ignores playlists would get them.
///
/// @param joined the file of all segments
/// @param pictures of the joined file, in 1/90000 s, in the order that they are shown in
/// @param sounds AAC frames of the joined file, in 1/90000 s
/// @param parts of each segment alone
/// @param runStarts where each run starts, in 1/90000 s: its first AAC frame
record Rendered(
        Path joined,
        List<MediaTools.Stamp> pictures,
        List<MediaTools.Stamp> sounds,
        List<Part> parts,
        List<Long> runStarts) {

    /// Pictures and AAC frames of one segment.
    record Part(List<MediaTools.Stamp> pictures, List<MediaTools.Stamp> sounds) {

        boolean empty() {
            return pictures.isEmpty() && sounds.isEmpty();
        }

        long start() {
            return sounds.isEmpty() ? pictures.getFirst().time() : sounds.getFirst().time();
        }
    }

    static Rendered read(MediaTools tools, List<Segment> segments) throws IOException {
        Path joined = Files.createTempFile(tools.work(), "joined-", ".ts");
        try (var out = Files.newOutputStream(joined)) {
            for (var segment : segments) {
                Files.copy(segment.file(), out);
            }
        }
        var parts = new ArrayList<Part>();
        var runStarts = new ArrayList<Long>();
        for (var segment : segments) {
            var part =
                    new Part(
                            tools.packets(segment.file(), "v:0"),
                            tools.packets(segment.file(), "a:0"));
            if ((parts.isEmpty() || segment.discontinuity()) && !part.empty()) {
                runStarts.add(part.start());
            }
            parts.add(part);
        }
        return new Rendered(
                joined,
                shown(tools.packets(joined, "v:0")),
                tools.packets(joined, "a:0"),
                parts,
                runStarts);
    }

    private static List<MediaTools.Stamp> shown(List<MediaTools.Stamp> pictures) {
        return pictures.stream().sorted(Comparator.comparingLong(MediaTools.Stamp::time)).toList();
    }

    boolean hasPictures() {
        return !pictures.isEmpty();
    }
}
