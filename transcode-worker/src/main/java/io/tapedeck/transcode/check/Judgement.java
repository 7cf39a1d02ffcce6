package io.tapedeck.transcode.check;

import io.tapedeck.transcode.contract.CheckResult;
import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import io.tapedeck.transcode.contract.TranscodeEvent.Place;
import java.util.ArrayList;
import java.util.List;

/// Gathers what speaks for and against one check.
final class Judgement {

    /// More help nobody.
    private static final int MOST_PLACES = 20;

    private final String code;
    private final List<Place> places = new ArrayList<>();
    private int judged;
    private int wrong;

    Judgement(String code) {
        this.code = code;
    }

    /// One more thing was looked at.
    ///
    /// @param where that is
    /// @param what what is wrong there, if it is
    void judge(boolean holds, RenditionFacts where, SegmentFacts segment, String what) {
        judge(holds, where.name(), segment.startTicks(), what);
    }

    void judge(boolean holds, String rendition, long startTicks, String what) {
        judged++;
        if (!holds) {
            wrong++;
            if (places.size() < MOST_PLACES) {
                places.add(new Place(rendition, startTicks, what));
            }
        }
    }

    int judged() {
        return judged;
    }

    /// @param passed words for a session where all holds
    /// @param failed words in front of how often it does not
    /// @param nothing words for a session where there is nothing to judge
    Check conclude(String passed, String failed, String nothing) {
        if (judged == 0) {
            return new Check(code, CheckResult.NOT_APPLICABLE, nothing, 0, List.of());
        }
        if (wrong == 0) {
            return new Check(code, CheckResult.PASSED, passed, 0, List.of());
        }
        String words = "%s, in %d of %d places.".formatted(failed, wrong, judged);
        return new Check(code, CheckResult.FAILED, words, wrong, List.copyOf(places));
    }
}
