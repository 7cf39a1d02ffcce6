package io.tapedeck.transcode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.plan.Grid;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.transcode.Corpus;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.ladder.Ladder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Rounds over real recordings: whatever the rounds are, the outcome is the same.
class PlanRoundTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<byte[]> WEBM = Corpus.chunks("chr-webm-vp8-480-t1000");

    private record Given(byte[] bytes, int run) {}

    @Test
    void manyRoundsPlanWhatOneRoundPlans() throws IOException {
        List<Given> chunks = oneRun(WEBM);

        PlanStep atOnce = last(plan(chunks, chunks.size(), List.of()));
        List<PlanStep> oneByOne = plan(chunks, 1, List.of());

        assertThat(atOnce.state()).isEqualTo(PlanState.PLANNED);
        assertThat(windows(oneByOne)).isEqualTo(windows(List.of(atOnce)));
        assertThat(last(oneByOne).cursor().plannedTicks())
                .isEqualTo(atOnce.cursor().plannedTicks());
        assertThat(oneByOne.stream().filter(step -> !step.renditions().isEmpty())).hasSize(1);
    }

    @Test
    void plannedCountsTheWindowsOfAllRounds() throws IOException {
        List<PlanStep> steps = plan(oneRun(WEBM), 1, List.of());

        var planned =
                steps.stream()
                        .flatMap(step -> step.events().stream())
                        .map(draft -> draft.told(1, AT))
                        .filter(TranscodeEvent.Planned.class::isInstance)
                        .map(TranscodeEvent.Planned.class::cast)
                        .toList();
        assertThat(planned.getLast().complete()).isTrue();
        assertThat(planned.getLast().windowCount()).isEqualTo(windows(steps).size());
        assertThat(planned).extracting(TranscodeEvent.Planned::windowCount).isSorted();
        assertThat(planned.subList(0, planned.size() - 1))
                .noneMatch(TranscodeEvent.Planned::complete);
    }

    @Test
    void garbageIsToldAtOnceAndIsAFailureAtTheEnd() throws IOException {
        PlanStep open = step(START, oneRun(List.of(GARBAGE)), null);

        assertThat(open.state()).isEqualTo(PlanState.PLANNING);
        assertThat(failures(List.of(open)))
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.code()).isEqualTo("not-a-recording");
                    assertThat(failed.message()).isNotBlank();
                });

        List<PlanStep> steps = plan(oneRun(List.of(GARBAGE, GARBAGE)), 1, List.of());
        assertThat(last(steps).state()).isEqualTo(PlanState.FAILED);
        assertThat(last(steps).after().failure())
                .extracting(Failure::kind)
                .isEqualTo(PlanFailure.NOT_A_RECORDING);
        assertThat(failures(steps)).hasSize(1);
    }

    @Test
    void aBadRunIsToldOnceWhileTheSessionIsOpen() throws IOException {
        List<Given> chunks = List.of(new Given(GARBAGE, 0), new Given(GARBAGE, 1));
        PlanStep first = step(START, chunks, null, 1);
        PlanStep second = step(first.after(), chunks, null, 1);

        assertThat(failures(List.of(first, second))).hasSize(1);
        assertThat(second.gaps()).hasSize(2);
    }

    @Test
    void aRunBehindABadOneIsAsGoodAsAlone() throws IOException {
        PlanStep alone = last(plan(oneRun(WEBM), 64, List.of()));
        var chunks = new ArrayList<>(oneRun(List.of(GARBAGE)));
        WEBM.forEach(bytes -> chunks.add(new Given(bytes, 1)));

        for (int perRound : new int[] {64, 1}) {
            List<PlanStep> steps = plan(chunks, perRound, List.of());

            assertThat(last(steps).state()).isEqualTo(PlanState.PLANNED);
            assertThat(last(steps).failure()).isNull();
            assertThat(last(steps).cursor().plannedTicks())
                    .isEqualTo(alone.cursor().plannedTicks());
            assertThat(last(steps).gaps()).hasSize(1);
            assertThat(failures(steps)).isEmpty();
        }
    }

    @Test
    void nothingButEmptyChunksIsNothingRecorded() throws IOException {
        PlanStep step = last(plan(oneRun(List.of(new byte[0], new byte[] {0x1a})), 2, List.of()));

        assertThat(step.failure())
                .extracting(Failure::kind)
                .isEqualTo(PlanFailure.NOTHING_RECORDED);
    }

    @Test
    void garbageInALaterRunIsAGapAndTheRunBehindItIsGood() throws IOException {
        var chunks = new ArrayList<>(oneRun(WEBM));
        chunks.add(new Given("garbage, garbage, garbage".getBytes(StandardCharsets.UTF_8), 1));
        WEBM.forEach(bytes -> chunks.add(new Given(bytes, 2)));

        List<PlanStep> steps = plan(chunks, 8, List.of());

        PlanStep last = last(steps);
        assertThat(last.state()).isEqualTo(PlanState.PLANNED);
        assertThat(last.gaps()).hasSize(1);
        assertThat(last.gaps().getFirst().startTicks()).isEqualTo(firstRunEnd(steps));
        assertThat(windows(steps)).extracting(PlannedWindow::stretch).contains(0, 1).isSorted();
    }

    @Test
    void theTimelineGoesOnBehindAHoleThatIsListedWithItsDuration() throws IOException {
        PlanStep whole = last(plan(oneRun(WEBM), 64, List.of()));
        for (int perRound : new int[] {64, 1}) {
            List<PlanStep> steps = plan(oneRun(WEBM), perRound, List.of(new IndexRange(9, 10)));

            PlanStep last = last(steps);
            assertThat(last.state()).isEqualTo(PlanState.PLANNED);
            TranscodeEvent.Gap hole = last.gaps().getFirst();
            assertThat(hole.reason()).contains("chunks 9 to 10").doesNotContain("not known");
            assertThat(hole.startTicks()).isEqualTo(firstRunEnd(steps));
            assertThat(hole.durationTicks()).isGreaterThan(Ticks.PER_SECOND);
            assertThat(last.cursor().plannedTicks() + hole.durationTicks())
                    .isCloseTo(whole.cursor().plannedTicks(), within(Ticks.PER_AAC_FRAME));
            assertThat(windows(steps)).extracting(PlannedWindow::stretch).contains(0, 1);
        }
    }

    @Test
    void thePartWithoutPicturesBehindAHoleIsListed() throws IOException {
        List<PlanStep> steps = plan(oneRun(WEBM), 64, List.of(new IndexRange(9, 9)));

        TranscodeEvent.Gap dark = last(steps).gaps().getLast();
        assertThat(dark.reason()).contains("no picture");
        assertThat(dark.startTicks()).isGreaterThanOrEqualTo(firstRunEnd(steps));
        assertThat(dark.durationTicks()).isBetween(Ticks.PER_SECOND / 10, 4 * Ticks.PER_SECOND);
    }

    @Test
    void whereTheHeaderIsInTheHoleTheRestOfTheRunIsNotShown() throws IOException {
        byte[] first = WEBM.getFirst();
        var chunks = new ArrayList<byte[]>(WEBM);
        chunks.set(0, Arrays.copyOfRange(first, 100, first.length));
        chunks.addFirst(Arrays.copyOf(first, 100));
        List<Given> all = new ArrayList<>(oneRun(chunks));
        WEBM.forEach(bytes -> all.add(new Given(bytes, 1)));

        List<PlanStep> steps = plan(all, 64, List.of(new IndexRange(1, 1)));

        assertThat(last(steps).gaps())
                .extracting(TranscodeEvent.Gap::reason)
                .satisfiesExactly(
                        missing -> assertThat(missing).contains("chunk 1"),
                        behind -> assertThat(behind).contains("cannot be read without it"));
        assertThat(windows(steps)).extracting(w -> w.window().run()).containsOnly(1);
    }

    @Test
    void lostChunksKeepTheirPlaceInTheRun() throws IOException {
        var round = round(START);
        for (int i = 0; i < WEBM.size(); i++) {
            byte[] bytes = WEBM.get(i);
            var chunk = new Chunk(i, 0, "key", 0, bytes.length, false, AT, AT, 0);
            if (i == 7 || i == 8) {
                round.lose(chunk);
            } else {
                round.take(chunk, _ -> new ByteArrayInputStream(bytes));
            }
        }
        round.finish(false);
        PlanStep step = round.step();

        long from = step.offsets().get(7).offsetBytes();
        long until = step.offsets().get(9).offsetBytes();
        assertThat(until - from).isEqualTo(WEBM.get(7).length + WEBM.get(8).length);
        assertThat(step.windows())
                .extracting(w -> w.window().source())
                .allMatch(span -> span.toBytes() <= from || span.fromBytes() >= until)
                .anyMatch(span -> span.fromBytes() >= until);
        assertThat(step.gaps().getFirst().reason()).contains("chunk 7");
        assertThat(step.gaps().get(1).reason()).contains("chunk 8");
        assertThat(step.gaps().getFirst().durationTicks()).isGreaterThan(Ticks.PER_SECOND);
    }

    @Test
    void sourceIsOfferedFirstAndWithdrawnWhenItGoesOnInAnotherWay() throws IOException {
        var chunks = new ArrayList<>(oneRun(Corpus.chunks("chr-mkv-avc1-480-t1000")));
        List<PlanStep> avc = plan(chunks, 3, List.of());
        assertThat(avc.stream().flatMap(step -> step.renditions().stream()))
                .extracting(NewRendition::cut)
                .containsExactlyInAnyOrder(Cut.GRID, Cut.SOURCE);
        assertThat(avc).noneMatch(PlanStep::withdrawsSource);
        assertThat(last(avc).windowCount(Cut.SOURCE))
                .isEqualTo(
                        windows(avc).stream()
                                .filter(planned -> planned.window().cut() == Cut.SOURCE)
                                .count());

        WEBM.forEach(bytes -> chunks.add(new Given(bytes, 1)));
        List<PlanStep> mixed = plan(chunks, 3, List.of());
        assertThat(mixed.stream().filter(PlanStep::withdrawsSource)).hasSize(1);
        assertThat(windows(mixed))
                .filteredOn(planned -> planned.window().cut() == Cut.SOURCE)
                .extracting(planned -> planned.window().run())
                .containsOnly(0);
    }

    @Test
    void windowsSayWhenTheyWereRecordedEachStretchByItsFirst() throws IOException {
        var chunks = new ArrayList<>(oneRun(WEBM));
        WEBM.forEach(bytes -> chunks.add(new Given(bytes, 1)));
        for (int perRound : new int[] {64, 1}) {
            List<PlannedWindow> windows = windows(plan(chunks, perRound, List.of()));

            for (int run : new int[] {0, 1}) {
                List<PlannedWindow> ofRun =
                        windows.stream().filter(one -> one.window().run() == run).toList();
                Instant first = ofRun.getFirst().recordedAt();
                // A chunk has a second, and is stored at its end; here at its beginning.
                assertThat(first)
                        .isBetween(begins(run).minusSeconds(1), begins(run).plusSeconds(1));
                assertThat(ofRun)
                        .allSatisfy(one ->
                                assertThat(one.recordedAt())
                                        .isEqualTo(
                                                Objects.requireNonNull(first)
                                                        .plus(
                                                                Ticks.toDuration(
                                                                        one.window()
                                                                                .startTicks()))));
            }
        }
    }

    private static Instant begins(int run) {
        return AT.plusSeconds((long) run * WEBM.size());
    }

    @Test
    void aRunTooShortToCloseAWindowSaysWhenItsLastChunkCame() throws IOException {
        var chunks = List.of(new Given(WEBM.get(0), 0), new Given(WEBM.get(1), 0));

        PlannedWindow only = windows(plan(chunks, 1, List.of())).getFirst();

        assertThat(only.recordedAt())
                .isEqualTo(
                        AT.plusSeconds(1)
                                .minus(Ticks.toDuration(only.window().endTicks()))
                                .truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void picturesBehindARunOfSoundGetAPlanWithPicturesAtTheEnd() throws IOException {
        var chunks = new ArrayList<>(oneRun(SOUND));
        WEBM.forEach(bytes -> chunks.add(new Given(bytes, 1)));
        for (int perRound : new int[] {64, 3}) {
            List<PlanStep> steps = plan(chunks, perRound, List.of());

            assertThat(renditions(steps, 1)).containsExactly("audio");
            assertThat(renditions(steps, 2)).containsExactly("480p");
            assertThat(steps.stream().filter(PlanStep::again))
                    .singleElement()
                    .satisfies(step -> {
                        assertThat(step.before().plan()).isEqualTo(1);
                        assertThat(complete(step)).isTrue();
                    });
            assertThat(last(steps).state()).isEqualTo(PlanState.PLANNED);
            assertThat(windows(ofPlan(steps, 2))).isEqualTo(windows(ofPlan(steps, 1)));
        }
    }

    @Test
    void largerPicturesBehindSmallOnesGetTheirOwnLadder() throws IOException {
        var chunks = new ArrayList<>(oneRun(WEBM));
        Corpus.chunks("chr-webm-vp8-720-t1000-kf2000")
                .forEach(bytes -> chunks.add(new Given(bytes, 1)));
        WEBM.forEach(bytes -> chunks.add(new Given(bytes, 2)));

        List<PlanStep> steps = plan(chunks, 5, List.of());

        assertThat(renditions(steps, 1)).containsExactly("480p");
        assertThat(renditions(steps, 2)).containsExactly("720p");
        assertThat(last(steps).before().plan()).isEqualTo(2);
    }

    @Test
    void smallerPicturesAreFittedIn() throws IOException {
        var chunks = new ArrayList<>(oneRun(Corpus.chunks("chr-webm-vp8-720-t1000-kf2000")));
        WEBM.forEach(bytes -> chunks.add(new Given(bytes, 1)));
        SOUND.forEach(bytes -> chunks.add(new Given(bytes, 2)));

        assertThat(plan(chunks, 5, List.of())).noneMatch(PlanStep::again);
    }

    private static final List<byte[]> SOUND = Corpus.chunks("chr-audio-webm-opus-t1000");

    private static List<PlanStep> ofPlan(List<PlanStep> steps, int plan) {
        return steps.stream().filter(step -> step.before().plan() == plan).toList();
    }

    private static List<String> renditions(List<PlanStep> steps, int plan) {
        return ofPlan(steps, plan).stream()
                .flatMap(step -> step.renditions().stream())
                .map(added -> added.rendition().name())
                .toList();
    }

    private static boolean complete(PlanStep step) {
        return step.events().stream()
                .map(draft -> draft.told(1, AT))
                .anyMatch(event ->
                        event instanceof TranscodeEvent.Planned planned && planned.complete());
    }

    @Test
    void aMissingBeginningFailsWithItsOwnWords() throws IOException {
        PlanStep last = last(plan(oneRun(WEBM), 64, List.of(new IndexRange(0, 0))));

        assertThat(last.failure())
                .extracting(Failure::kind)
                .isEqualTo(PlanFailure.BEGINNING_MISSING);
    }

    @Test
    void aHoleAtTheEndIsListed() throws IOException {
        int count = WEBM.size();
        PlanStep last = last(plan(oneRun(WEBM), 64, List.of(new IndexRange(count - 1, count - 1))));

        assertThat(last.state()).isEqualTo(PlanState.PLANNED);
        assertThat(last.gaps())
                .singleElement()
                .satisfies(
                        hole -> assertThat(hole.reason()).contains("How long it was is not known"));
    }

    private static final PlanRow START = row(null);

    private static final byte[] GARBAGE =
            "this is not a recording at all, sorry".getBytes(StandardCharsets.UTF_8);

    private static List<TranscodeEvent.Failed> failures(List<PlanStep> steps) {
        return steps.stream()
                .flatMap(step -> step.events().stream())
                .map(draft -> draft.told(3, AT))
                .filter(TranscodeEvent.Failed.class::isInstance)
                .map(TranscodeEvent.Failed.class::cast)
                .toList();
    }

    private static long firstRunEnd(List<PlanStep> steps) {
        return windows(steps).stream()
                .filter(window -> window.stretch() == 0)
                .mapToLong(w -> w.window().sessionStartTicks() + w.window().durationTicks())
                .max()
                .orElseThrow();
    }

    private static List<Given> oneRun(List<byte[]> chunks) {
        return chunks.stream().map(bytes -> new Given(bytes, 0)).toList();
    }

    private static List<PlannedWindow> windows(List<PlanStep> steps) {
        return steps.stream()
                .flatMap(step -> step.windows().stream())
                .map(PlanRoundTest::comparable)
                .toList();
    }

    /// Arrays have no equality of their own.
    private static PlannedWindow comparable(PlannedWindow planned) {
        var window = planned.window();
        return new PlannedWindow(
                new Window(
                        window.cut(),
                        window.index(),
                        window.run(),
                        window.originTicks(),
                        window.startTicks(),
                        window.endTicks(),
                        window.last(),
                        window.pictures(),
                        new Window.ByteSpan(
                                window.source().fromBytes(), window.source().toBytes(), NO_BYTES)),
                planned.stretch(),
                planned.recordedAt());
    }

    private static final byte[] NO_BYTES = new byte[0];

    private static PlanStep last(List<PlanStep> steps) {
        return steps.getLast();
    }

    /// Plans a session to its end, some chunks per round, each round from what the one before left.
    private static List<PlanStep> plan(List<Given> chunks, int perRound, List<IndexRange> missing)
            throws IOException {
        var completion = new Completion(chunks.size(), missing);
        var steps = new ArrayList<PlanStep>();
        PlanRow row = row(completion);
        while (row.state() == PlanState.PLANNING) {
            PlanStep step = step(row, chunks, completion, perRound);
            steps.add(step);
            row = step.after();
        }
        return steps;
    }

    private static PlanStep step(PlanRow row, List<Given> chunks, @Nullable Completion completion)
            throws IOException {
        return step(row, chunks, completion, chunks.size());
    }

    private static PlanStep step(
            PlanRow row, List<Given> chunks, @Nullable Completion completion, int limit)
            throws IOException {
        var round = round(row);
        int taken = 0;
        while (taken < limit && round.nextChunk() < chunks.size()) {
            int index = (int) round.nextChunk();
            var hole = completion == null ? null : hole(completion, index).orElse(null);
            if (hole != null) {
                round.skip(hole);
                continue;
            }
            Given given = chunks.get(index);
            round.take(
                    new Chunk(
                            index,
                            given.run(),
                            "key",
                            0,
                            given.bytes().length,
                            false,
                            AT.plusSeconds(index),
                            AT,
                            0),
                    chunk -> new ByteArrayInputStream(given.bytes()));
            taken++;
        }
        if (completion != null && round.nextChunk() >= chunks.size()) {
            round.finish(false);
        }
        return round.step();
    }

    private static PlanRow row(@Nullable Completion completion) {
        return new PlanRow(
                "s",
                0,
                1,
                PlanState.PLANNING,
                true,
                AT,
                Grid.USUAL,
                History.NONE,
                completion,
                LadderChoice.NONE,
                PlanCursor.START,
                List.of(),
                null,
                List.of(),
                null);
    }

    private static PlanRound round(PlanRow row) {
        byte[] saved = row.cursor().plannerState();
        RunPlanner open = saved == null ? null : RunPlanner.restore(saved);
        return new PlanRound(
                row, open, new PlanRules(new Ladder(List.of(720)), true, Duration.ofSeconds(10)));
    }

    /// The hole that begins at or covers `index`.
    private static Optional<IndexRange> hole(Completion completion, long index) {
        return completion.missing().stream()
                .filter(one -> one.first() <= index && index <= one.last())
                .findFirst();
    }
}
