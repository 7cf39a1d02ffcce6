package io.tapedeck.playback.catalog;

import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.playback.catalog.RenditionProgress.Announcement;
import io.tapedeck.playback.catalog.RenditionProgress.Layout;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Takes events into the rows. The same events give the same rows, whatever their order and however
/// often each comes; only of two different outcomes of one window the first to arrive stays.
///
/// Each call must run in a transaction of its own. Safe for many threads if the rows are.
final class CatalogFold {

    private final CatalogRows rows;

    CatalogFold(CatalogRows rows) {
        this.rows = rows;
    }

    /// Takes one fact of ingest.
    void take(SessionEvent event) {
        SessionStory story = rows.lock(event.sessionId());
        if (story.removed()) {
            return;
        }
        SessionStory next = story.take(event);
        if (next.removed()) {
            rows.erase(event.sessionId());
        }
        if (event instanceof SessionEvent.ChunkStored chunk && rows.addChunk(chunk)) {
            next = next.counting(chunk.sizeBytes());
        }
        if (event instanceof SessionEvent.ChunksForgotten forgotten) {
            next = next.without(rows.forgetChunks(event.sessionId(), forgotten.belowIndex()));
        }
        keepIfChanged(story, next);
    }

    /// Takes one fact of the worker.
    void take(TranscodeEvent event) {
        SessionStory story = rows.lock(event.sessionId());
        if (story.removed()) {
            return;
        }
        SessionStory next =
                switch (event) {
                    case TranscodeEvent.RenditionPlanned e -> announced(story, e);
                    case TranscodeEvent.RenditionEnded e ->
                            replaced(
                                    story,
                                    e.rendition(),
                                    e.generation(),
                                    known -> known.ending(e.windowCount()));
                    case TranscodeEvent.RenditionWithdrawn e ->
                            replaced(
                                    story, e.rendition(), e.generation(), RenditionProgress::taken);
                    case TranscodeEvent.SegmentReady e ->
                            decided(story, e, e.rendition(), e.generation(), segment(e));
                    case TranscodeEvent.WindowFailed e ->
                            decided(story, e, e.rendition(), e.generation(), missing(e));
                    case TranscodeEvent.Planned e -> story.take(e);
                    case TranscodeEvent.Converting e -> story.take(e);
                    case TranscodeEvent.WindowsPlanned e -> foreseen(story, e);
                    case TranscodeEvent.Failed e -> story.take(e);
                    case TranscodeEvent.TaskChanged e -> {
                        rows.takeTask(e);
                        yield story;
                    }
                    case TranscodeEvent.Checked e -> {
                        rows.takeReport(e);
                        yield story;
                    }
                    case TranscodeEvent.HistoryMoved e -> moved(story, e);
                    case TranscodeEvent.HistoryForgotten e -> {
                        rows.forgetOutcomes(e.sessionId(), e.cut(), e.belowWindow());
                        yield story;
                    }
                    case TranscodeEvent.Previewed e -> {
                        rows.takePreview(e);
                        yield story;
                    }
                };
        keepIfChanged(story, next);
    }

    private SessionStory announced(SessionStory story, TranscodeEvent.RenditionPlanned event) {
        var announcement =
                new Announcement(
                        new Layout(
                                event.widthPixels(),
                                event.heightPixels(),
                                event.targetDurationSeconds()),
                        Math.max(1, event.plan()),
                        event.ordered());
        return replaced(
                story,
                event.rendition(),
                event.generation(),
                known ->
                        withoutDropped(
                                story, withForeseen(story.id(), known.announced(announcement))));
    }

    private RenditionProgress withForeseen(String sessionId, RenditionProgress announced) {
        var announcement = announced.announcement();
        return announcement == null
                ? announced
                : announced.with(rows.foreseen(sessionId, announcement.plan(), announced.cut()));
    }

    /// All renditions of that cut of that plan go on, whenever they are announced.
    private SessionStory foreseen(SessionStory story, TranscodeEvent.WindowsPlanned event) {
        if (!rows.addPlanned(event)) {
            return story;
        }
        Foreseen now = rows.foreseen(story.id(), event.plan(), event.cut());
        List<RenditionProgress> all =
                rows.renditions(story.id()).stream()
                        .map(known -> isOf(event, known) ? known.with(now) : known)
                        .toList();
        all.stream().filter(known -> isOf(event, known)).forEach(of -> rows.keep(story.id(), of));
        return relisted(story, all);
    }

    /// What is old is listed no more, in all renditions at once.
    private SessionStory moved(SessionStory story, TranscodeEvent.HistoryMoved event) {
        SessionStory next = story.take(event);
        if (next.equals(story)) {
            return story;
        }
        List<RenditionProgress> all =
                rows.renditions(story.id()).stream()
                        .map(known -> withoutDropped(next, known))
                        .toList();
        all.forEach(rendition -> rows.keep(story.id(), rendition));
        return relisted(next, all);
    }

    private RenditionProgress withoutDropped(SessionStory story, RenditionProgress known) {
        Dropped dropped = story.history().dropped(known.cut());
        if (dropped.windows() <= known.dropped().windows()) {
            return known;
        }
        long until = Math.min(known.listedWindows(), dropped.windows());
        long segments =
                rows.segments(
                        story.id(),
                        known.name(),
                        known.generation(),
                        known.dropped().windows(),
                        until);
        RenditionProgress next = known.without(dropped, segments);
        return next.listedWindows() == known.listedWindows()
                ? next
                : next.advanced(
                        rows.outcomes(
                                story.id(),
                                known.name(),
                                known.generation(),
                                next.listedWindows()));
    }

    private static boolean isOf(TranscodeEvent.WindowsPlanned event, RenditionProgress known) {
        var announcement = known.announcement();
        return announcement != null
                && announcement.plan() == event.plan()
                && known.cut().equals(event.cut());
    }

    private SessionStory replaced(
            SessionStory story,
            String name,
            int generation,
            UnaryOperator<RenditionProgress> change) {
        List<RenditionProgress> all = rows.renditions(story.id());
        RenditionProgress known = rendition(all, name, generation);
        return replaced(story, all, known, change.apply(known));
    }

    private SessionStory decided(
            SessionStory story,
            TranscodeEvent event,
            String name,
            int generation,
            WindowOutcome outcome) {
        if (!rows.addOutcome(story.id(), name, generation, outcome)) {
            return story;
        }
        List<RenditionProgress> all = rows.renditions(story.id());
        RenditionProgress known = rendition(all, name, generation);
        boolean listed = outcome.window() == known.listedWindows();
        List<WindowOutcome> following =
                listed
                        ? rows.outcomes(story.id(), name, generation, known.listedWindows())
                        : List.of();
        RenditionProgress next =
                known.advanced(following).with(known.settled().and(outcome, event.at()));
        return replaced(story, all, known, next);
    }

    private SessionStory replaced(
            SessionStory story,
            List<RenditionProgress> all,
            RenditionProgress before,
            RenditionProgress after) {
        rows.keep(story.id(), after);
        Stream<RenditionProgress> others = all.stream().filter(other -> !other.equals(before));
        return relisted(story, Stream.concat(others, Stream.of(after)).toList());
    }

    private static SessionStory relisted(SessionStory story, List<RenditionProgress> renditions) {
        return story.with(Listings.together(Listings.shown(renditions)));
    }

    private static RenditionProgress rendition(
            List<RenditionProgress> all, String name, int generation) {
        return all.stream()
                .filter(r -> r.name().equals(name) && r.generation() == generation)
                .findFirst()
                .orElseGet(() -> RenditionProgress.unknown(name, generation));
    }

    private void keepIfChanged(SessionStory before, SessionStory after) {
        if (!after.equals(before)) {
            rows.keep(after);
        }
    }

    private static WindowOutcome segment(TranscodeEvent.SegmentReady event) {
        return new WindowOutcome.Segment(
                event.window(),
                event.run(),
                event.startTicks(),
                event.durationTicks(),
                event.objectKey(),
                event.digest(),
                event.sizeBytes(),
                event.codecs(),
                event.frames(),
                event.recordedAt());
    }

    private static WindowOutcome missing(TranscodeEvent.WindowFailed event) {
        return new WindowOutcome.Missing(
                event.window(),
                event.run(),
                event.startTicks(),
                event.durationTicks(),
                event.reason(),
                event.recordedAt());
    }
}
