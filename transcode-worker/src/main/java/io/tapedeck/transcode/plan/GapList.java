package io.tapedeck.transcode.plan;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.timeline.plan.Loss;
import io.tapedeck.timeline.plan.SessionPlan;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import java.util.ArrayList;
import java.util.List;

/// What is known to be missing of a session, in words for its viewers.
final class GapList {

    /// What is behind a hole is kept, but cannot be shown without the header.
    private static final String BEHIND_HOLE =
            "What was recorded after the missing part, until the recorder was started again, cannot"
                    + " be read without it. It is in the recording as it came.";

    static final String CONVERTED_LATER =
            "This part is in a format that can only be read as a whole. It is made ready when the"
                    + " recording is complete.";

    private static final String LOST =
            "A part of the recording is lost: chunk %d is not in the store any more.";

    /// Until the container's clock tells, behind the hole.
    private static final String LENGTH_UNKNOWN = " How long it was is not known.";

    private static final String DARK =
            "There is sound here, but no picture: the pictures build upon one that is missing.";

    private static final String PAUSE =
            "Nothing was recorded here for so long that it is left out.";

    private static final String MORE = "More is missing than is listed here.";

    /// The list is told with every step, and has to fit into a message.
    private static final int MOST = 500;

    private final List<Gap> gaps;

    GapList(List<Gap> known) {
        gaps = new ArrayList<>(known);
    }

    List<Gap> all() {
        return gaps;
    }

    boolean isEmpty() {
        return gaps.isEmpty();
    }

    void add(long atTicks, String reason) {
        add(new Gap(atTicks, 0, reason));
    }

    private void add(Gap gap) {
        if (gaps.size() < MOST) {
            gaps.add(gap);
        } else if (gaps.size() == MOST) {
            gaps.add(new Gap(gap.startTicks(), 0, MORE));
        }
    }

    void addUnreadable(long atTicks) {
        add(atTicks, BEHIND_HOLE);
    }

    static String lost(Chunk chunk) {
        return LOST.formatted(chunk.index()) + LENGTH_UNKNOWN;
    }

    static String missing(IndexRange chunks) {
        String which =
                chunks.first() == chunks.last()
                        ? "chunk %d".formatted(chunks.first())
                        : "chunks %d to %d".formatted(chunks.first(), chunks.last());
        return "A part of the recording never arrived (%s).".formatted(which) + LENGTH_UNKNOWN;
    }

    /// Takes what has come to light behind holes.
    void addAll(List<Loss> losses) {
        for (Loss loss : losses) {
            switch (loss) {
                case Loss.Time time -> amend(time);
                case Loss.Pictures dark ->
                        add(new Gap(dark.startTicks(), dark.durationTicks(), DARK));
                case Loss.Pause pause ->
                        add(new Gap(pause.startTicks(), pause.durationTicks(), PAUSE));
            }
        }
    }

    /// How long a hole was shows behind it. Of several in a row the first one gets all of it.
    private void amend(Loss.Time time) {
        int first = gaps.size();
        while (first > 0
                && SessionPlan.originAfter(gaps.get(first - 1).startTicks()) == time.atTicks()) {
            first--;
        }
        if (first < gaps.size()) {
            Gap gap = gaps.get(first);
            String reason =
                    time.durationTicks() == 0
                            ? gap.reason()
                            : gap.reason().replace(LENGTH_UNKNOWN, "");
            gaps.set(first, new Gap(gap.startTicks(), time.durationTicks(), reason));
        }
    }
}
