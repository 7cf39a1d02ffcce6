package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.story.EventDraft;
import io.tapedeck.transcode.story.Queue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What follows from a step, once it is known which renditions there are.
///
/// @param segments of the step's windows, in each rendition of their cut
/// @param events to tell, in order
/// @param jobs one for each window and queue, whatever the number of renditions
record StepEffects(List<NewSegment> segments, List<EventDraft> events, List<Job> jobs) {

    record Job(Queue queue, TranscodeJob job) {}

    StepEffects {
        segments = List.copyOf(segments);
        events = List.copyOf(events);
        jobs = List.copyOf(jobs);
    }

    /// @param known renditions of the plan before the step
    /// @param added those that it brings
    /// @param copied whether viewers have the recorder's own pictures meanwhile, or will
    /// @param made what plans before made of windows with the same numbers, the newest last
    static StepEffects of(
            PlanStep step,
            List<PlannedRendition> known,
            List<PlannedRendition> added,
            boolean copied,
            List<TakenSegment> made,
            Instant now) {
        List<PlannedRendition> all = Stream.concat(known.stream(), added.stream()).toList();
        List<NewSegment> segments =
                segments(step, all, copied, FirstWindows.of(step, all, copied), made, now);
        return new StepEffects(
                segments, events(step, added, all, segments), jobs(step.before(), segments));
    }

    int dueSegments() {
        return (int) segments.stream().filter(NewSegment::isDue).count();
    }

    private static List<NewSegment> segments(
            PlanStep step,
            List<PlannedRendition> renditions,
            boolean copied,
            FirstWindows first,
            List<TakenSegment> made,
            Instant now) {
        var segments = new ArrayList<NewSegment>();
        for (PlannedWindow planned : step.windows()) {
            Queue window = queue(step, planned.window(), now);
            for (PlannedRendition rendition : renditions) {
                if (rendition.cut() == planned.window().cut()) {
                    Queue queue =
                            first.hold(planned.window(), rendition)
                                    ? Queue.FRONT
                                    : rendition.queue(window, copied);
                    segments.add(
                            new NewSegment(
                                    planned,
                                    rendition,
                                    queue,
                                    now.plus(Liveness.patience(queue)),
                                    taken(made, planned, rendition)));
                }
            }
        }
        return segments;
    }

    private static Queue queue(PlanStep step, Window window, Instant now) {
        return Liveness.queue(
                step.before().isWatched(),
                step.before().openedAt(),
                step.newestChunkAt(),
                window.sessionStartTicks() + window.durationTicks(),
                now);
    }

    private static @Nullable TakenSegment taken(
            List<TakenSegment> made, PlannedWindow planned, PlannedRendition into) {
        TakenSegment newest = null;
        for (TakenSegment segment : made) {
            newest = segment.fits(planned, into) ? segment : newest;
        }
        return newest;
    }

    private static List<EventDraft> events(
            PlanStep step,
            List<PlannedRendition> added,
            List<PlannedRendition> all,
            List<NewSegment> segments) {
        String session = step.before().sessionId();
        var events = new ArrayList<EventDraft>();
        added.forEach(rendition -> events.add(rendition.planned(step.before())));
        events.addAll(PlannedSpans.told(step));
        for (NewSegment segment : segments) {
            TakenSegment taken = segment.taken();
            if (taken != null) {
                events.add(taken.ready(session, segment.rendition(), segment.planned()));
            }
        }
        events.addAll(step.events());
        if (step.state() == PlanState.PLANNED) {
            all.stream()
                    .filter(one -> one.cut() == Cut.GRID || step.cursor().cuttable())
                    .map(one -> one.ended(session, step.windowCount(one.cut())))
                    .forEach(events::add);
        }
        return events;
    }

    /// Those of pictures that are copied come first: they cost next to nothing, and then all of it
    /// can be watched.
    private static List<Job> jobs(PlanRow plan, List<NewSegment> segments) {
        return segments.stream()
                .filter(NewSegment::isDue)
                .sorted(Comparator.comparing(segment -> segment.window().cut() == Cut.GRID))
                .map(segment -> new Job(segment.queue(), job(plan, segment.window())))
                .distinct()
                .toList();
    }

    private static TranscodeJob job(PlanRow plan, Window window) {
        return new TranscodeJob.Render(
                plan.sessionId(),
                plan.plan(),
                window.cut().name().toLowerCase(Locale.ROOT),
                window.index());
    }
}
