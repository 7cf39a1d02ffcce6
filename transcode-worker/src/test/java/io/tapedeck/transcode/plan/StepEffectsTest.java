package io.tapedeck.transcode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.Grid;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionEnded;
import io.tapedeck.transcode.contract.TranscodeEvent.RenditionPlanned;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import io.tapedeck.transcode.contract.TranscodeEvent.WindowsPlanned;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.story.Queue;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StepEffectsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final PlannedRendition SOURCE =
            new PlannedRendition("source", 1, Cut.SOURCE, 0, 1280, 720);
    private static final PlannedRendition BEST =
            new PlannedRendition("720p", 1, Cut.GRID, 0, 1280, 720);
    private static final PlannedRendition NEXT =
            new PlannedRendition("480p", 1, Cut.GRID, 1, 854, 480);
    private static final PlannedRendition LEAST =
            new PlannedRendition("240p", 1, Cut.GRID, 2, 426, 240);

    @Test
    void aWindowHasOneJobInEachQueueWhateverTheNumberOfRenditions() {
        StepEffects effects =
                effects(PlanState.PLANNING, List.of(BEST, NEXT, LEAST), false, List.of());

        assertThat(effects.dueSegments()).isEqualTo(3);
        assertThat(effects.jobs())
                .containsExactly(
                        new StepEffects.Job(Queue.LIVE, new TranscodeJob.Render("s", 1, "grid", 0)),
                        new StepEffects.Job(
                                Queue.BACKLOG, new TranscodeJob.Render("s", 1, "grid", 0)));
    }

    @Test
    void theGridWaitsWhereViewersHaveTheRecordersOwnPictures() {
        List<PlannedRendition> both = List.of(SOURCE, BEST);

        assertThat(effects(PlanState.PLANNING, both, true, List.of()).segments())
                .extracting(segment -> segment.rendition().name(), NewSegment::queue)
                .containsExactly(tuple("720p", Queue.BACKLOG), tuple("source", Queue.LIVE));
        assertThat(effects(PlanState.PLANNING, List.of(BEST), false, List.of()).segments())
                .extracting(segment -> segment.rendition().name(), NewSegment::queue)
                .containsExactly(tuple("720p", Queue.LIVE));
    }

    @Test
    void whatWasMadeOfTheSameWindowIsTakenOverAndTold() {
        TakenSegment older = taken("older", window(Cut.GRID));
        TakenSegment newer = taken("newer", window(Cut.GRID));
        StepEffects effects =
                effects(PlanState.PLANNING, List.of(BEST, NEXT), false, List.of(older, newer));

        assertThat(effects.segments())
                .extracting(segment -> segment.rendition().name(), NewSegment::taken)
                .containsExactly(tuple("720p", newer), tuple("480p", null));
        assertThat(effects.dueSegments()).isEqualTo(1);
        assertThat(told(effects).filter(SegmentReady.class::isInstance))
                .singleElement()
                .satisfies(event -> {
                    assertThat(((SegmentReady) event).objectKey()).isEqualTo("newer");
                    assertThat(((SegmentReady) event).recordedAt()).isEqualTo(NOW);
                });
    }

    @Test
    void renditionsAreToldWhenTheyBeginAndWhenAllIsPlanned() {
        List<PlannedRendition> both = List.of(SOURCE, BEST);
        StepEffects effects = effects(PlanState.PLANNED, both, true, List.of());

        assertThat(told(effects).filter(RenditionPlanned.class::isInstance)).hasSize(2);
        assertThat(told(effects).filter(RenditionEnded.class::isInstance))
                .extracting(event -> ((RenditionEnded) event).rendition())
                .containsExactly("source", "720p");
    }

    @Test
    void aFileBeginsInTheOneRenditionThatIsQuick() {
        List<PlannedRendition> ladder = List.of(BEST, NEXT, LEAST);

        assertThat(queues(file(ladder, false)))
                .containsExactly(
                        tuple("720p", Queue.BACKLOG),
                        tuple("480p", Queue.FRONT),
                        tuple("240p", Queue.BACKLOG));
        assertThat(queues(file(List.of(SOURCE, BEST), true)))
                .containsExactly(tuple("720p", Queue.BACKLOG), tuple("source", Queue.FRONT));
        assertThat(queues(file(List.of(BEST), false))).containsExactly(tuple("720p", Queue.FRONT));
    }

    @Test
    void onlyTheFirstSecondsOfAFileAreHurried() {
        var late =
                new PlannedWindow(
                        new Window(
                                Cut.GRID,
                                9,
                                0,
                                0,
                                10 * 90_000,
                                12 * 90_000,
                                false,
                                OptionalLong.empty(),
                                new Window.ByteSpan(0, 1, new byte[0])),
                        0,
                        NOW);

        assertThat(queues(file(List.of(BEST), false, List.of(late))))
                .containsExactly(tuple("720p", Queue.BACKLOG));
    }

    @Test
    void theWindowsOfAFileAreToldBeforeTheyAreRendered() {
        assertThat(told(file(List.of(SOURCE, BEST), true)))
                .filteredOn(WindowsPlanned.class::isInstance)
                .extracting(event -> ((WindowsPlanned) event).cut())
                .containsExactly("grid", "source");
        assertThat(told(effects(PlanState.PLANNING, List.of(BEST), false, List.of())))
                .noneMatch(WindowsPlanned.class::isInstance);
    }

    @Test
    void whatIsCopiedIsNotKeptWaitingByWhatIsEncoded() {
        assertThat(file(List.of(SOURCE, BEST), true).jobs())
                .extracting(job -> ((TranscodeJob.Render) job.job()).cut())
                .containsExactly("source", "grid");
    }

    private static List<org.assertj.core.groups.Tuple> queues(StepEffects effects) {
        return effects.segments().stream()
                .map(segment -> tuple(segment.rendition().name(), segment.queue()))
                .toList();
    }

    private static StepEffects file(List<PlannedRendition> added, boolean copied) {
        return file(
                added,
                copied,
                List.of(
                        new PlannedWindow(window(Cut.GRID), 0, NOW),
                        new PlannedWindow(window(Cut.SOURCE), 0, NOW)));
    }

    private static StepEffects file(
            List<PlannedRendition> added, boolean copied, List<PlannedWindow> windows) {
        PlanStep step = step(false, PlanState.PLANNING, windows);
        return StepEffects.of(step, List.of(), added, copied, List.of(), NOW);
    }

    private static StepEffects effects(
            PlanState state,
            List<PlannedRendition> added,
            boolean copied,
            List<TakenSegment> made) {
        List<PlannedWindow> windows =
                List.of(
                        new PlannedWindow(window(Cut.GRID), 0, NOW),
                        new PlannedWindow(window(Cut.SOURCE), 0, NOW));
        return StepEffects.of(step(true, state, windows), List.of(), added, copied, made, NOW);
    }

    private static PlanStep step(boolean live, PlanState state, List<PlannedWindow> windows) {
        var before =
                new PlanRow(
                        "s",
                        0,
                        1,
                        PlanState.PLANNING,
                        live,
                        NOW.minusSeconds(10),
                        Grid.USUAL,
                        History.NONE,
                        null,
                        LadderChoice.NONE,
                        PlanCursor.START,
                        List.of(),
                        null,
                        List.of(),
                        null);
        return new PlanStep(
                before,
                state,
                null,
                false,
                PlanCursor.START,
                List.of(),
                windows,
                1,
                1,
                List.of(),
                LadderChoice.NONE,
                List.of(),
                List.of(),
                NOW);
    }

    private static Stream<TranscodeEvent> told(StepEffects effects) {
        return effects.events().stream().map(draft -> draft.told(1, NOW));
    }

    private static TakenSegment taken(String objectKey, Window window) {
        return new TakenSegment(
                new PlannedWindow(window, 0, null),
                BEST,
                objectKey,
                "digest",
                1,
                "avc1.64001f",
                60);
    }

    private static Window window(Cut cut) {
        var source = new Window.ByteSpan(0, 1, new byte[0]);
        return new Window(cut, 0, 0, 0, 0, 180_000, false, OptionalLong.of(60), source);
    }
}
