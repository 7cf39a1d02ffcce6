package io.tapedeck.transcode.check;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.check.RenditionFacts.Joint;
import io.tapedeck.transcode.check.RenditionFacts.Measured;
import io.tapedeck.transcode.check.SegmentFacts.Contents;
import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether pictures and sound are each at their time, and the sound is all there.
final class MediaChecks {

    private static final String NO_SOUND = "There is no sound.";

    /// The last picture is shown again where nothing new comes for so long.
    private static final long LONGEST_PAUSE_TICKS = Ticks.PER_SECOND;

    private MediaChecks() {}

    /// Times of pictures rise over joints, too.
    static Check pictureTimes(List<RenditionFacts> renditions) {
        var judgement = new Judgement("picture-times");
        for (RenditionFacts rendition : renditions) {
            for (Joint joint : rendition.joints()) {
                OptionalLong before = joint.before().contents().lastPictureTicks();
                OptionalLong after = joint.after().contents().firstPictureTicks();
                if (before.isPresent() && after.isPresent()) {
                    long last = before.getAsLong();
                    long first = after.getAsLong();
                    judgement.judge(
                            first > last,
                            rendition,
                            joint.after().segment(),
                            "The first picture is %d ms before the last one of the part before."
                                    .formatted(Words.millis(last - first)));
                }
            }
        }
        return judgement.conclude(
                "Pictures follow each other in time over all %d joints between parts."
                        .formatted(judgement.judged()),
                "Pictures go back in time at a joint",
                "There are no two parts with pictures that join.");
    }

    /// Frames of sound follow each other on one grid, so that nothing clicks.
    static Check soundJoints(List<RenditionFacts> renditions) {
        var judgement = new Judgement("sound-joints");
        for (RenditionFacts rendition : renditions) {
            for (Joint joint : rendition.joints()) {
                Contents before = joint.before().contents();
                OptionalLong after = joint.after().contents().firstSoundTicks();
                if (before.firstSoundTicks().isPresent() && after.isPresent()) {
                    long off = after.getAsLong() - soundEndTicks(before);
                    judgement.judge(
                            off == 0,
                            rendition,
                            joint.after().segment(),
                            off > 0
                                    ? "Sound stops for %d ms.".formatted(Words.millis(off))
                                    : "Sound overlaps by %d ms.".formatted(Words.millis(-off)));
                }
            }
        }
        return judgement.conclude(
                "Sound goes on without a gap or an overlap over all %d joints between parts."
                        .formatted(judgement.judged()),
                "Sound has a gap or an overlap at a joint",
                "There are no two parts with sound that join.");
    }

    /// Where sound and pictures of a part begin and end. What was recorded at one time is in one
    /// part, so their distance cannot grow from part to part.
    static Check offsets(List<RenditionFacts> renditions) {
        var judgement = new Judgement("av-offset");
        for (RenditionFacts rendition : renditions) {
            for (Measured part : rendition.measured()) {
                judgeSound(judgement, rendition, part);
                judgePictures(judgement, rendition, part);
            }
        }
        return judgement.conclude(
                "Sound and pictures are together from beginning to end: both keep to their places"
                        + " on the timeline, within one frame.",
                "Sound or pictures are off their place on the timeline",
                "There is neither sound nor a picture.");
    }

    private static void judgeSound(Judgement judgement, RenditionFacts rendition, Measured part) {
        SegmentFacts segment = part.segment();
        Contents contents = part.contents();
        if (contents.firstSoundTicks().isPresent()) {
            long begins = contents.firstSoundTicks().getAsLong() - segment.startTicks();
            long ends = soundEndTicks(contents) - segment.endTicks();
            judgement.judge(
                    isWithinAFrame(begins) && isWithinAFrame(ends),
                    rendition,
                    segment,
                    "Sound begins %d ms off and ends %d ms off."
                            .formatted(Words.millis(begins), Words.millis(ends)));
        }
    }

    private static void judgePictures(
            Judgement judgement, RenditionFacts rendition, Measured part) {
        SegmentFacts segment = part.segment();
        Contents contents = part.contents();
        if (contents.firstPictureTicks().isPresent() && contents.lastPictureTicks().isPresent()) {
            long begins = contents.firstPictureTicks().getAsLong() - segment.startTicks();
            long ends = segment.endTicks() - contents.lastPictureTicks().getAsLong();
            boolean inside = begins >= 0 && ends > 0;
            boolean near = begins <= LONGEST_PAUSE_TICKS && ends <= LONGEST_PAUSE_TICKS;
            // Copied pictures are not shown again in a pause.
            judgement.judge(
                    inside && (near || rendition.copied()),
                    rendition,
                    segment,
                    "The first picture comes %d ms behind the part's beginning, the last one %d ms before its end."
                            .formatted(Words.millis(begins), Words.millis(ends)));
        }
    }

    private static boolean isWithinAFrame(long ticks) {
        return Math.abs(ticks) <= Ticks.PER_AAC_FRAME;
    }

    static long soundEndTicks(Contents contents) {
        return contents.firstSoundTicks().orElse(0) + contents.soundFrames() * Ticks.PER_AAC_FRAME;
    }

    /// Where there is sound at all, every part has it.
    static Check sound(List<RenditionFacts> renditions) {
        var judgement = new Judgement("sound");
        for (RenditionFacts rendition : renditions) {
            Set<Integer> heard = heardStretches(rendition);
            for (Measured part : rendition.measured()) {
                if (heard.contains(part.segment().stretch())) {
                    judgement.judge(
                            part.contents().soundFrames() > 0,
                            rendition,
                            part.segment(),
                            "This part has no sound.");
                }
            }
        }
        return judgement.conclude("Every part has its sound.", "Sound is missing", NO_SOUND);
    }

    private static Set<Integer> heardStretches(RenditionFacts rendition) {
        return rendition.measured().stream()
                .filter(part -> part.contents().soundFrames() > 0)
                .map(part -> part.segment().stretch())
                .collect(Collectors.toSet());
    }
}
