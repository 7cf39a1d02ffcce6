package io.tapedeck.transcode.check;

import io.tapedeck.transcode.check.RenditionFacts.Measured;
import io.tapedeck.transcode.check.SegmentFacts.Contents;
import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Whether frames in are frames out: each picture of the recording is shown in each playlist, once.
///
/// Who plans counts each picture as it comes by, once in each cut. Who renders knows nothing of
/// that: it finds a window's pictures in the bytes anew, and is told besides to show some again in
/// a pause. From the bytes of the segment it is measured how many pictures are coded, and how many
/// of them are where one of the recording's own is to be. So a picture that got lost between two
/// windows, that is in both, or that was merged with its neighbour, makes numbers differ. Pictures
/// that nobody can decode because their keyframe is missing are not planned; they are a gap.
final class PictureCheck {

    private PictureCheck() {}

    static Check pictures(List<RenditionFacts> renditions) {
        var judgement = new Judgement("pictures");
        for (RenditionFacts rendition : renditions) {
            for (Measured part : rendition.measured()) {
                judge(judgement, rendition, part);
            }
        }
        judgePlans(judgement, renditions);
        return judgement.conclude(
                words(renditions), "Pictures are missing or there twice", "There are no pictures.");
    }

    private static void judge(Judgement judgement, RenditionFacts rendition, Measured part) {
        Contents contents = part.contents();
        long planned = part.segment().plannedPictures().orElse(0);
        if (contents.pictures() + contents.wantedPictures() + planned == 0) {
            return;
        }
        long shown = contents.sourcePictures().orElse(planned);
        boolean all = !isCounted(part) || shown == planned;
        judgement.judge(
                all && contents.pictures() == contents.wantedPictures(),
                rendition,
                part.segment(),
                all
                        ? "This part has %d pictures instead of %d."
                                .formatted(contents.pictures(), contents.wantedPictures())
                        : "This part shows %d of the recording's pictures instead of %d."
                                .formatted(shown, planned));
    }

    private static boolean isCounted(Measured part) {
        return part.segment().plannedPictures().isPresent()
                && part.contents().sourcePictures().isPresent();
    }

    /// The cuts of a plan are counted apart from each other, and have the same pictures.
    private static void judgePlans(Judgement judgement, List<RenditionFacts> renditions) {
        Map<Integer, RenditionFacts> firsts = new HashMap<>();
        for (RenditionFacts rendition : renditions) {
            OptionalLong planned = planned(rendition);
            if (planned.orElse(0) > 0) {
                RenditionFacts first = firsts.getOrDefault(rendition.plan(), rendition);
                firsts.put(rendition.plan(), first);
                if (!first.cut().equals(rendition.cut()) && areWhole(first, rendition)) {
                    judgement.judge(
                            planned.equals(planned(first)),
                            rendition.name(),
                            0,
                            "The parts of %s are to have %d pictures in all, those of %s %d."
                                    .formatted(
                                            rendition.name(),
                                            planned.getAsLong(),
                                            first.name(),
                                            planned(first).orElse(0)));
                }
            }
        }
    }

    /// Whether nothing was taken out of their beginnings, which are at different places else.
    private static boolean areWhole(RenditionFacts one, RenditionFacts other) {
        return one.firstWindow() == 0 && other.firstWindow() == 0;
    }

    /// Pictures of the recording in all parts, be they rendered or not; empty where that is not
    /// known of each of them.
    private static OptionalLong planned(RenditionFacts rendition) {
        List<SegmentFacts> segments = rendition.segments();
        boolean known =
                segments.size() == rendition.kept()
                        && segments.stream().allMatch(one -> one.plannedPictures().isPresent());
        return known
                ? OptionalLong.of(
                        segments.stream().mapToLong(one -> one.plannedPictures().orElse(0)).sum())
                : OptionalLong.empty();
    }

    private static String words(List<RenditionFacts> renditions) {
        String where = Words.playlists(renditions);
        if (!renditions.stream().allMatch(PictureCheck::isCounted)) {
            return "All pictures that were to be in %s are there, once each.".formatted(where);
        }
        boolean whole = renditions.stream().allMatch(one -> shown(one) == planned(one).orElse(0));
        long counts = renditions.stream().mapToLong(PictureCheck::shown).distinct().count();
        if (whole && counts == 1) {
            return "All %d pictures of the recording are in %s, once each.%s"
                    .formatted(shown(renditions.getFirst()), where, shownAgain(renditions));
        }
        String but = whole ? "" : ", but for those of parts that are missing";
        return renditions.stream()
                .map(one ->
                        "%d of %d in %s".formatted(shown(one), planned(one).orElse(0), one.name()))
                .collect(
                        Collectors.joining(
                                ", ",
                                "All pictures of the recording are in %s, once each%s: "
                                        .formatted(where, but),
                                "."));
    }

    private static boolean isCounted(RenditionFacts rendition) {
        return planned(rendition).isPresent()
                && rendition.rendered().size() == rendition.measured().size()
                && rendition.measured().stream().allMatch(PictureCheck::isCounted);
    }

    private static long shown(RenditionFacts rendition) {
        return rendition.measured().stream()
                .mapToLong(part -> part.contents().sourcePictures().orElse(0))
                .sum();
    }

    private static String shownAgain(List<RenditionFacts> renditions) {
        long most =
                renditions.stream()
                        .mapToLong(one ->
                                one.measured().stream()
                                                .mapToLong(part -> part.contents().pictures())
                                                .sum()
                                        - shown(one))
                        .max()
                        .orElse(0);
        return most == 0
                ? ""
                : " Where nothing new came, the last one is shown again: %s."
                        .formatted(most == 1 ? "once" : most + " times");
    }
}
