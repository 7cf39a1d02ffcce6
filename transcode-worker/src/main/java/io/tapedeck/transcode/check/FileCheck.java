package io.tapedeck.transcode.check;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.check.SegmentFacts.Contents;
import io.tapedeck.transcode.check.SessionFacts.FileFacts;
import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Whether the MP4 holds what the playlist does.
final class FileCheck {

    private static final String NOTHING = "There is no MP4 yet.";

    /// A container rounds to milliseconds, and counts a last frame's length as it likes.
    private static final long SHORTER_TICKS = Ticks.PER_SECOND / 10;

    /// The last picture may stay for a second.
    private static final long LONGER_TICKS = Ticks.PER_SECOND;

    private FileCheck() {}

    static Check file(SessionFacts facts) {
        var judgement = new Judgement("file");
        FileFacts file = facts.file();
        if (file == null) {
            return judgement.conclude("", "", NOTHING);
        }
        Optional<RenditionFacts> source =
                facts.renditions().stream()
                        .filter(r -> r.name().equals(file.rendition()))
                        .filter(r -> r.generation() == file.generation())
                        .findFirst();
        if (source.isEmpty() || source.get().rendered().isEmpty()) {
            return judgement.conclude(
                    "", "", "The MP4 is of a quality that is not shown any more.");
        }
        compare(judgement, file, source.get());
        return judgement.conclude(
                "The MP4 has the same %d pictures, the same sound and the same length as the playlist."
                        .formatted(file.pictures()),
                "The MP4 differs from the playlist",
                NOTHING);
    }

    private static void compare(Judgement judgement, FileFacts file, RenditionFacts source) {
        List<SegmentFacts> parts = source.rendered();
        List<Contents> contents =
                parts.stream().map(SegmentFacts::contents).filter(Objects::nonNull).toList();
        if (contents.size() == parts.size()) {
            same(
                    judgement,
                    source,
                    "pictures",
                    file.pictures(),
                    contents.stream().mapToLong(Contents::pictures).sum());
            same(
                    judgement,
                    source,
                    "frames of sound",
                    file.soundFrames(),
                    contents.stream().mapToLong(Contents::soundFrames).sum());
        }
        long ticks = parts.getLast().endTicks() - parts.getFirst().startTicks();
        judgement.judge(
                file.durationTicks() >= ticks - SHORTER_TICKS
                        && file.durationTicks() <= ticks + LONGER_TICKS,
                source.name(),
                0,
                "The file is %d ms long, the playlist %d ms."
                        .formatted(Words.millis(file.durationTicks()), Words.millis(ticks)));
    }

    private static void same(
            Judgement judgement, RenditionFacts source, String what, long found, long wanted) {
        judgement.judge(
                found == wanted,
                source.name(),
                0,
                "The file has %d %s, the playlist %d.".formatted(found, what, wanted));
    }
}
