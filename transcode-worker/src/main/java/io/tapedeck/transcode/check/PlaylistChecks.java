package io.tapedeck.transcode.check;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.check.RenditionFacts.Measured;
import io.tapedeck.transcode.check.SegmentFacts.Made;
import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether playlists keep the rules of RFC 8216bis and lead to what is in the store.
final class PlaylistChecks {

    private PlaylistChecks() {}

    /// Media sequence numbers follow from windows (RFC 8216bis section 4.4.3.2).
    static Check parts(List<RenditionFacts> renditions) {
        var judgement = new Judgement("parts");
        for (RenditionFacts rendition : renditions) {
            long expected = rendition.firstWindow();
            for (SegmentFacts segment : rendition.segments()) {
                judgement.judge(
                        segment.window() == expected,
                        rendition,
                        segment,
                        "Part %d stands where part %d should."
                                .formatted(segment.window(), expected));
                expected = segment.window() + 1;
            }
            judgement.judge(
                    expected == rendition.windows(),
                    rendition.name(),
                    lastTicks(rendition),
                    "The playlist has %d of %d parts.".formatted(expected, rendition.windows()));
        }
        return judgement.conclude(
                "All parts of the timeline are in %s, in order."
                        .formatted(Words.playlists(renditions)),
                "Parts of the timeline are not in a playlist",
                "There is nothing to play.");
    }

    /// RFC 8216bis section 4.4.3.1: rounded to whole seconds, none is longer than declared.
    static Check durations(List<RenditionFacts> renditions) {
        var judgement = new Judgement("durations");
        for (RenditionFacts rendition : renditions) {
            for (SegmentFacts segment : rendition.segments()) {
                long ticks = segment.endTicks() - segment.startTicks();
                long seconds = Math.round(ticks / (double) Ticks.PER_SECOND);
                judgement.judge(
                        ticks > 0 && seconds <= rendition.targetDurationSeconds(),
                        rendition,
                        segment,
                        "This part has %d ms, which is more than the %d s that are declared."
                                .formatted(Words.millis(ticks), rendition.targetDurationSeconds()));
            }
        }
        return judgement.conclude(
                "No part is longer than its playlist declares.",
                "Parts are longer than their playlist declares",
                "There is nothing to play.");
    }

    /// Within a stretch parts touch; another stretch, which is a discontinuity, begins on the grid
    /// of AAC frames right behind the one before.
    static Check timeline(List<RenditionFacts> renditions) {
        var judgement = new Judgement("timeline");
        for (RenditionFacts rendition : renditions) {
            @Nullable SegmentFacts before = null;
            for (SegmentFacts segment : rendition.segments()) {
                if (before != null) {
                    long hole = segment.startTicks() - before.endTicks();
                    boolean same = segment.stretch() == before.stretch();
                    boolean rises = segment.stretch() == before.stretch() + 1;
                    judgement.judge(
                            same ? hole == 0 : rises && hole >= 0 && hole < Ticks.PER_AAC_FRAME,
                            rendition,
                            segment,
                            "Between this part and the one before it there are %d ms."
                                    .formatted(Words.millis(hole)));
                } else {
                    judgement.judge(
                            segment.startTicks() == 0 || rendition.firstWindow() > 0,
                            rendition,
                            segment,
                            "The timeline does not begin at its beginning.");
                }
                before = segment;
            }
        }
        return judgement.conclude(
                "The timeline has no hole and no overlap; where a recorder was started anew or"
                        + " something is missing, the playlist says so.",
                "The timeline has a hole or an overlap",
                "There is nothing to play.");
    }

    /// Playlists say `EXT-X-INDEPENDENT-SEGMENTS`. A segment's codec is read from the parameter
    /// sets in front of its first picture, which only a keyframe has.
    static Check keyframes(List<RenditionFacts> renditions) {
        var judgement = new Judgement("keyframes");
        for (RenditionFacts rendition : renditions) {
            for (Measured part : rendition.measured()) {
                if (part.contents().pictures() > 0 && part.segment().made() instanceof Made made) {
                    judgement.judge(
                            made.codecs().startsWith("avc1."),
                            rendition,
                            part.segment(),
                            "This part does not begin with a keyframe.");
                }
            }
        }
        return judgement.conclude(
                "Playing can begin with each part: all begin with a keyframe.",
                "Parts cannot be played by themselves",
                "There are no pictures.");
    }

    /// A playlist names its codecs once, so all of a rendition's pictures are of one kind. Copied
    /// pictures are as the recorder made them.
    static Check codecs(List<RenditionFacts> renditions) {
        var judgement = new Judgement("codecs");
        for (RenditionFacts rendition : renditions) {
            @Nullable String first = null;
            for (SegmentFacts segment : rendition.rendered()) {
                String codec = segment.made() instanceof Made made ? pictureCodec(made) : "";
                if (!codec.isEmpty() && !rendition.copied()) {
                    first = first == null ? codec : first;
                    judgement.judge(
                            codec.equals(first),
                            rendition,
                            segment,
                            "The picture changes from %s to %s here.".formatted(first, codec));
                }
            }
        }
        return judgement.conclude(
                "The pictures of each quality are of one kind from beginning to end.",
                "The kind of the pictures changes on the way",
                "There are no pictures that were encoded here.");
    }

    private static String pictureCodec(Made made) {
        String first = made.codecs().split(",", 2)[0];
        return first.startsWith("avc1.") ? first : "";
    }

    /// A player changes between renditions at the ends of parts.
    static Check qualities(List<RenditionFacts> renditions) {
        var judgement = new Judgement("qualities");
        Map<String, RenditionFacts> firsts = new HashMap<>();
        for (RenditionFacts rendition : renditions) {
            RenditionFacts first = firsts.putIfAbsent(rendition.cut(), rendition);
            if (first != null) {
                judgement.judge(
                        ends(first).equals(ends(rendition)),
                        rendition.name(),
                        0,
                        "%s and %s are cut at different places."
                                .formatted(first.name(), rendition.name()));
            }
        }
        return judgement.conclude(
                "All qualities are equally long and cut at the same places.",
                "Qualities differ in their parts",
                "There is only one quality.");
    }

    private static List<Long> ends(RenditionFacts rendition) {
        return rendition.segments().stream().map(SegmentFacts::endTicks).toList();
    }

    /// What playlists lead to is there.
    static Check stored(List<RenditionFacts> renditions) {
        var judgement = new Judgement("stored");
        for (RenditionFacts rendition : renditions) {
            for (SegmentFacts segment : rendition.rendered()) {
                if (segment.made() instanceof Made made) {
                    judgement.judge(
                            made.storedBytes().isPresent()
                                    && made.storedBytes().getAsLong() == made.sizeBytes(),
                            rendition,
                            segment,
                            made.storedBytes().isEmpty()
                                    ? "This part is not in the store."
                                    : "This part has %d bytes in the store instead of %d."
                                            .formatted(
                                                    made.storedBytes().getAsLong(),
                                                    made.sizeBytes()));
                }
            }
        }
        return judgement.conclude(
                "All %d segments are in the store, whole.".formatted(judgement.judged()),
                "Segments are not in the store as they were made",
                "Nothing was made.");
    }

    private static long lastTicks(RenditionFacts rendition) {
        return rendition.segments().isEmpty() ? 0 : rendition.segments().getLast().endTicks();
    }
}
