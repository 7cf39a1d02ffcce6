package io.tapedeck.checker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was rendered: all segments joined as a player that ignores playlists would get them.
///
/// @param joined the file of all segments
/// @param pictures of the joined file, in 1/90000 s
/// @param sounds AAC frames of the joined file, in 1/90000 s
/// @param runStarts where each run starts, in 1/90000 s: its first AAC frame
record Rendered(
        Path joined,
        List<MediaTools.Stamp> pictures,
        List<MediaTools.Stamp> sounds,
        List<Long> runStarts) {

    static Rendered read(MediaTools tools, List<Segment> segments, Notes notes) throws IOException {
        Path joined = Files.createTempFile(tools.work(), "joined-", ".ts");
        try (var out = Files.newOutputStream(joined)) {
            for (var segment : segments) {
                Files.copy(segment.file(), out);
            }
        }
        var runStarts = new ArrayList<Long>();
        for (int i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            if (i == 0 || segment.discontinuity()) {
                start(tools, segment.file()).ifPresent(runStarts::add);
            }
            startsWithKey(tools, segment.file(), notes);
        }
        return new Rendered(
                joined, tools.packets(joined, "v:0"), tools.packets(joined, "a:0"), runStarts);
    }

    boolean hasPictures() {
        return !pictures.isEmpty();
    }

    private static Optional<Long> start(MediaTools tools, Path segment) throws IOException {
        var sounds = tools.packets(segment, "a:0");
        var stamps = sounds.isEmpty() ? tools.packets(segment, "v:0") : sounds;
        return stamps.stream().findFirst().map(MediaTools.Stamp::time);
    }

    private static void startsWithKey(MediaTools tools, Path segment, Notes notes)
            throws IOException {
        var pictures = tools.packets(segment, "v:0");
        notes.require(
                pictures.isEmpty() || pictures.getFirst().key(),
                "segment does not start with a keyframe",
                segment.getFileName().toString());
    }
}
