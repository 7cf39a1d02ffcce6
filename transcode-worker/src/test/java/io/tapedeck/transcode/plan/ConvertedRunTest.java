package io.tapedeck.transcode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.transcode.Corpus;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.ladder.Ladder;
import io.tapedeck.transcode.plan.Conversion.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Runs that cannot be planned as they come.
class ConvertedRunTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<byte[]> WEBM = Corpus.chunks("chr-webm-vp8-480-t1000");
    private static final List<byte[]> MP4 = Corpus.chunks("chr-mp4-avc3-opus-480-t1000");
    private static final byte[] OGG = bytes("OggS and what else is in a page");
    private static final byte[] INDEX_IN_ONE_PIECE = bytes("\0\0\0\010moov");

    private final List<Given> log = new ArrayList<>();

    private record Given(byte[] bytes, int run, boolean converted) {}

    @Test
    void aSessionWaitsForTheRunThatIsToBeConverted() throws IOException {
        add(0, OGG, OGG);

        PlanStep step = plan(GivenPlan.of(true, History.NONE, AT));

        assertThat(step.state()).isEqualTo(PlanState.CONVERTING);
        assertThat(step.failure()).isNull();
        assertThat(step.conversions()).containsExactly(new NewConversion(0, ForeignContainer.OGG));
        assertThat(step.after().isConversionDue()).isTrue();
        assertThat(reasons(step)).containsExactly(GapList.CONVERTED_LATER);
    }

    @Test
    void otherRunsGoOnAndNobodyIsToldThatThisIsAll() throws IOException {
        add(0, INDEX_IN_ONE_PIECE);
        add(1, bytes("garbage, garbage"));
        add(2, WEBM);

        PlanStep step = plan(GivenPlan.of(true, History.NONE, AT));

        assertThat(step.state()).isEqualTo(PlanState.CONVERTING);
        assertThat(step.conversions()).containsExactly(new NewConversion(0, ForeignContainer.MP4));
        assertThat(runs(step)).containsOnly(2);
        assertThat(told(step)).noneMatch(TranscodeEvent.Planned::complete).isNotEmpty();
        assertThat(told(PlanStep.converted(step.after(), false))).isEmpty();
    }

    @Test
    void anotherPlanIsForTheRunsThatWerePlannedBefore() throws IOException {
        add(0, OGG);
        add(1, WEBM);

        PlanRow before = plan(GivenPlan.of(true, History.NONE, AT)).after();

        PlanStep step = PlanStep.converted(before, false);

        assertThat(step.isAfresh()).isFalse();
        assertThat(step.after().plan()).isEqualTo(2);
    }

    @Test
    void whatCameOutIsRead() throws IOException {
        add(0, OGG);
        PlanRow before = plan(GivenPlan.of(true, History.NONE, AT)).after();
        PlanStep converted = PlanStep.converted(before, false);
        assertThat(converted.isAfresh()).isTrue();
        assertThat(told(converted)).isEmpty();
        PlanRow next = converted.after();
        assertThat(next.plan()).isEqualTo(1);
        assertThat(next.cursor()).isEqualTo(PlanCursor.START);
        assertThat(next.state()).isEqualTo(PlanState.PLANNING);
        log.clear();
        MP4.forEach(share -> log.add(new Given(share, 0, true)));

        PlanStep step = plan(GivenPlan.settled(next, State.MADE, null));

        assertThat(step.state()).isEqualTo(PlanState.PLANNED);
        assertThat(step.gaps()).isEmpty();
        assertThat(runs(step)).containsOnly(0);
    }

    @Test
    void whatIsMissingOfAConvertedRunIsNotMissingBetweenItsShares() throws IOException {
        MP4.forEach(share -> log.add(new Given(share, 0, true)));
        PlanStep whole =
                plan(GivenPlan.settled(GivenPlan.of(true, History.NONE, AT), State.MADE, null));

        PlanStep step =
                plan(
                        GivenPlan.settled(GivenPlan.of(true, History.NONE, AT), State.MADE, null),
                        new IndexRange(3, 4));

        assertThat(step.cursor().plannedTicks()).isEqualTo(whole.cursor().plannedTicks());
        assertThat(reasons(step)).singleElement().asString().contains("chunks 3 to 4");
    }

    @Test
    void aRunThatCannotBeConvertedIsAGap() throws IOException {
        add(0, OGG);
        add(1, WEBM);

        PlanStep step =
                plan(GivenPlan.settled(GivenPlan.of(true, History.NONE, AT), State.FAILED, "No."));

        assertThat(step.state()).isEqualTo(PlanState.PLANNED);
        assertThat(step.conversions()).isEmpty();
        assertThat(reasons(step)).containsExactly("No.");
        assertThat(runs(step)).containsOnly(1);
    }

    @Test
    void aSessionOfNothingElseIsCancelled() throws IOException {
        add(0, OGG);

        PlanStep step =
                plan(
                        GivenPlan.settled(
                                GivenPlan.of(true, History.NONE, AT), State.CANCELLED, "No more."));

        assertThat(step.state()).isEqualTo(PlanState.FAILED);
        assertThat(step.failure()).isEqualTo(new Failure(PlanFailure.CANCELLED, "No more."));
    }

    @Test
    void whatIsCancelledIsNoReasonForAnotherPlan() throws IOException {
        PlanStep step = PlanStep.converted(cancelled(), false);

        assertThat(step.after().plan()).isEqualTo(1);
        assertThat(step.after().state()).isEqualTo(PlanState.PLANNED);
        assertThat(reasons(step)).containsExactly("No more.");
        assertThat(told(step)).anyMatch(TranscodeEvent.Planned::complete);
    }

    @Test
    void aChunkThatCameTooLateIsOneAlsoWhenSomethingIsCancelled() throws IOException {
        PlanStep step = PlanStep.converted(cancelled(), true);

        assertThat(step.after().plan()).isEqualTo(2);
        assertThat(step.after().state()).isEqualTo(PlanState.PLANNING);
        assertThat(reasons(step)).containsExactly("No more.");
        // The other plan has nothing to convert, and so comes to an end.
        log.removeFirst();
        assertThat(plan(step.after()).state()).isEqualTo(PlanState.PLANNED);
    }

    @Test
    void aSessionOfNothingElseFailsInTheSameWords() throws IOException {
        add(0, OGG);

        PlanStep step =
                plan(GivenPlan.settled(GivenPlan.of(true, History.NONE, AT), State.FAILED, "No."));

        assertThat(step.failure()).isEqualTo(new Failure(PlanFailure.UNSUPPORTED_MEDIA, "No."));
    }

    @Test
    void whatWasConvertedIsNotConvertedAgain() throws IOException {
        log.add(new Given(OGG, 0, true));

        PlanStep step =
                plan(GivenPlan.settled(GivenPlan.of(true, History.NONE, AT), State.MADE, null));

        assertThat(step.state()).isEqualTo(PlanState.FAILED);
        assertThat(step.conversions()).isEmpty();
    }

    @Test
    void aDamagedTailMakesNoForeignContainerOfARecording() throws IOException {
        add(0, MP4);
        add(0, INDEX_IN_ONE_PIECE);

        PlanStep step = plan(GivenPlan.of(true, History.NONE, AT));

        assertThat(step.state()).isEqualTo(PlanState.PLANNED);
        assertThat(step.conversions()).isEmpty();
        assertThat(step.gaps()).hasSize(1);
        assertThat(runs(step)).containsOnly(0);
    }

    /// A session of two runs, of which the first one is not converted any more.
    private PlanRow cancelled() throws IOException {
        add(0, OGG);
        add(1, WEBM);
        PlanRow before = plan(GivenPlan.of(true, History.NONE, AT)).after();
        return GivenPlan.settled(before, State.CANCELLED, "No more.");
    }

    private void add(int run, List<byte[]> chunks) {
        chunks.forEach(bytes -> log.add(new Given(bytes, run, false)));
    }

    private void add(int run, byte[]... chunks) {
        add(run, List.of(chunks));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Plans the log to its end.
    private PlanStep plan(PlanRow row) throws IOException {
        return plan(row, new IndexRange(log.size(), log.size()));
    }

    /// Plans the log, whose chunks are numbered around `missing` ones, to its end.
    private PlanStep plan(PlanRow row, IndexRange missing) throws IOException {
        var rules = new PlanRules(new Ladder(List.of(720)), true, Duration.ofSeconds(10));
        var round = new PlanRound(row, null, rules);
        int index = 0;
        for (Given given : log) {
            if (index == missing.first()) {
                round.skip(missing);
                index = (int) missing.last() + 1;
            }
            round.take(
                    new Chunk(
                            index++,
                            given.run(),
                            "key",
                            0,
                            given.bytes().length,
                            given.converted(),
                            AT,
                            AT,
                            0),
                    _ -> new ByteArrayInputStream(given.bytes()));
        }
        round.finish(false);
        return round.step();
    }

    private static List<Integer> runs(PlanStep step) {
        return step.windows().stream().map(planned -> planned.window().run()).toList();
    }

    private static List<String> reasons(PlanStep step) {
        return step.gaps().stream().map(TranscodeEvent.Gap::reason).toList();
    }

    private static List<TranscodeEvent.Planned> told(PlanStep step) {
        return IntStream.range(0, step.events().size())
                .mapToObj(i -> step.events().get(i).told(i + 1, AT))
                .filter(TranscodeEvent.Planned.class::isInstance)
                .map(TranscodeEvent.Planned.class::cast)
                .toList();
    }
}
