package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.contract.TranscodeEvent.Span;
import io.tapedeck.transcode.contract.TranscodeEvent.WindowsPlanned;
import io.tapedeck.transcode.story.EventDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the world is told of the windows of a round before they are rendered: nothing while a
/// session is live, for what is listed of that is there.
final class PlannedSpans {

    private PlannedSpans() {}

    static List<EventDraft> told(PlanStep step) {
        if (step.before().live() || step.before().openedAt() == null) {
            return List.of();
        }
        var events = new ArrayList<EventDraft>();
        for (Cut cut : Cut.values()) {
            List<PlannedWindow> windows =
                    step.windows().stream().filter(one -> one.window().cut() == cut).toList();
            for (int from = 0; from < windows.size(); from += WindowsPlanned.MOST_WINDOWS) {
                int to = Math.min(windows.size(), from + WindowsPlanned.MOST_WINDOWS);
                events.add(draft(step.before(), cut, windows.subList(from, to)));
            }
        }
        return events;
    }

    private static EventDraft draft(PlanRow plan, Cut cut, List<PlannedWindow> windows) {
        List<Span> spans = spans(windows);
        return (sequence, at) ->
                new WindowsPlanned(
                        plan.sessionId(),
                        sequence,
                        at,
                        plan.plan(),
                        cut.name().toLowerCase(Locale.ROOT),
                        windows.getFirst().window().index(),
                        spans);
    }

    /// @param windows with consecutive numbers
    static List<Span> spans(List<PlannedWindow> windows) {
        var spans = new ArrayList<Span>();
        Growing open = null;
        for (PlannedWindow planned : windows) {
            if (open == null || !open.goesOnWith(planned)) {
                if (open != null) {
                    spans.add(open.span());
                }
                open = new Growing(planned);
            }
            open.add(planned);
        }
        if (open != null) {
            spans.add(open.span());
        }
        return spans;
    }

    /// A span that may not be at its end.
    private static final class Growing {

        private final int stretch;
        private final long startTicks;
        private final @Nullable Instant recordedAt;
        private final List<Long> durationsTicks = new ArrayList<>();
        private long endTicks;

        private Growing(PlannedWindow first) {
            stretch = first.stretch();
            startTicks = first.window().sessionStartTicks();
            recordedAt = first.recordedAt();
            endTicks = startTicks;
        }

        private boolean goesOnWith(PlannedWindow next) {
            return next.stretch() == stretch && next.window().sessionStartTicks() == endTicks;
        }

        private void add(PlannedWindow next) {
            durationsTicks.add(next.window().durationTicks());
            endTicks += next.window().durationTicks();
        }

        private Span span() {
            return new Span(stretch, startTicks, recordedAt, durationsTicks);
        }
    }
}
