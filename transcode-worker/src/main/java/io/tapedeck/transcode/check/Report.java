package io.tapedeck.transcode.check;

import io.tapedeck.transcode.contract.CheckResult;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.story.EventDraft;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a finished session was found to be.
///
/// @param missing gaps of the recording and parts that could not be rendered, in order
record Report(List<Check> checks, List<Gap> missing) {

    /// Looks at everything. A pure function.
    static Report of(SessionFacts facts) {
        List<RenditionFacts> renditions = facts.renditions();
        return new Report(
                List.of(
                        PlaylistChecks.parts(renditions),
                        PlaylistChecks.timeline(renditions),
                        PictureCheck.pictures(renditions),
                        MediaChecks.pictureTimes(renditions),
                        MediaChecks.sound(renditions),
                        MediaChecks.soundJoints(renditions),
                        MediaChecks.offsets(renditions),
                        PlaylistChecks.keyframes(renditions),
                        PlaylistChecks.durations(renditions),
                        PlaylistChecks.codecs(renditions),
                        PlaylistChecks.qualities(renditions),
                        PlaylistChecks.stored(renditions),
                        FileCheck.file(facts)),
                missing(facts));
    }

    boolean passed() {
        return checks.stream().noneMatch(check -> check.result() == CheckResult.FAILED);
    }

    List<String> failedCodes() {
        return checks.stream()
                .filter(check -> check.result() == CheckResult.FAILED)
                .map(Check::code)
                .toList();
    }

    EventDraft told(String sessionId) {
        return (sequence, at) ->
                new TranscodeEvent.Checked(sessionId, sequence, at, passed(), checks, missing);
    }

    /// A part that failed in several renditions is told once.
    private static List<Gap> missing(SessionFacts facts) {
        Map<Long, Gap> failed = new TreeMap<>();
        for (RenditionFacts rendition : facts.renditions()) {
            for (SegmentFacts segment : rendition.segments()) {
                String reason = segment.reason();
                if (reason != null) {
                    long ticks = segment.endTicks() - segment.startTicks();
                    failed.putIfAbsent(
                            segment.startTicks(), new Gap(segment.startTicks(), ticks, reason));
                }
            }
        }
        return Stream.concat(facts.gaps().stream(), failed.values().stream())
                .sorted(Comparator.comparingLong(Gap::startTicks))
                .toList();
    }
}
