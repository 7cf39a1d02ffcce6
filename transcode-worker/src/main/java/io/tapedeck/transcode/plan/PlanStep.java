package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.story.EventDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a round decided: the rows to write and the events to tell, all or nothing.
///
/// @param before what it was decided on
/// @param failure why there is nothing to show so far, if that is known; set when `state` is failed
/// @param again whether the log is to be planned once more from its beginning, because this plan,
///   which is at its end, had to do without chunks that came too late or were to be converted, or
///   with renditions that are too small for some
/// @param windowCount windows of the grid so far
/// @param sourceWindowCount windows cut at the source's own pictures so far
/// @param renditions decided on in this round, best first
/// @param ladder what is decided on renditions now
/// @param conversions that turned out to be needed in this round
/// @param offsets where the planned chunks lie in their runs
/// @param newestChunkAt when the newest of the planned chunks was stored, null without one
record PlanStep(
        PlanRow before,
        PlanState state,
        @Nullable Failure failure,
        boolean again,
        PlanCursor cursor,
        List<Gap> gaps,
        List<PlannedWindow> windows,
        long windowCount,
        long sourceWindowCount,
        List<NewRendition> renditions,
        LadderChoice ladder,
        List<NewConversion> conversions,
        List<ChunkOffset> offsets,
        @Nullable Instant newestChunkAt) {

    /// @param offsetBytes bytes of its run before it
    /// @param converted whether what was made of it is meant
    record ChunkOffset(long index, int run, long offsetBytes, boolean converted) {}

    PlanStep {
        gaps = List.copyOf(gaps);
        windows = List.copyOf(windows);
        renditions = List.copyOf(renditions);
        conversions = List.copyOf(conversions);
        offsets = List.copyOf(offsets);
    }

    /// Begins another plan when all is converted that had to be. Where nothing could be planned
    /// before, the same one begins anew. Where all of it was cancelled, the plan stays as it is,
    /// unless another one would show more for other reasons.
    ///
    /// @param incomplete whether chunks came too late for this plan
    static PlanStep converted(PlanRow before, boolean incomplete) {
        boolean again =
                before.cursor().nextWindow() == 0
                        || !before.isCancelled()
                        || before.showsMoreAgain(incomplete, before.ladder().outgrown());
        return new PlanStep(
                before,
                PlanState.PLANNED,
                null,
                again,
                before.cursor(),
                before.isCancelled() ? settled(before) : before.gaps(),
                List.of(),
                before.cursor().nextWindow(),
                before.cursor().nextSourceWindow(),
                List.of(),
                before.ladder(),
                List.of(),
                List.of(),
                null);
    }

    /// Its gaps, in which nothing is made ready later any more.
    private static List<Gap> settled(PlanRow before) {
        String reason = before.failedConversion().map(Failure::message).orElseThrow();
        return before.gaps().stream()
                .map(gap ->
                        gap.reason().equals(GapList.CONVERTED_LATER)
                                ? new Gap(gap.startTicks(), gap.durationTicks(), reason)
                                : gap)
                .toList();
    }

    /// Whether the same plan begins anew, because nothing came of it so far.
    boolean isAfresh() {
        return again && before.state() == PlanState.CONVERTING && windowCount == 0;
    }

    boolean changesNothing() {
        return state == before.state()
                && cursor.nextChunk() == before.cursor().nextChunk()
                && offsets.isEmpty();
    }

    /// Where planning stands now: behind this step, or at the beginning of another plan.
    PlanRow after() {
        return new PlanRow(
                before.sessionId(),
                before.version() + 1,
                again && !isAfresh() ? before.plan() + 1 : before.plan(),
                again ? PlanState.PLANNING : state,
                before.live(),
                before.openedAt(),
                before.grid(),
                before.history(),
                before.completion(),
                again ? ladder.again() : ladder,
                again ? PlanCursor.START : cursor,
                again ? List.of() : gaps,
                again ? null : failure,
                Stream.concat(
                                before.conversions().stream(),
                                conversions.stream()
                                        .map(one ->
                                                new Conversion(
                                                        one.run(), Conversion.State.DUE, null)))
                        .toList(),
                before.sweptAt());
    }

    /// Whether the source cannot be offered as it came any more.
    boolean withdrawsSource() {
        return before.cursor().cuttable() && !cursor.cuttable();
    }

    long windowCount(Cut cut) {
        return switch (cut) {
            case GRID -> windowCount;
            case SOURCE -> sourceWindowCount;
        };
    }

    /// What the world is told of the timeline, in this order. A later plan is told of when all of
    /// it is rendered, not before; until then one with runs to be converted is not complete.
    List<EventDraft> events() {
        var events = new ArrayList<EventDraft>();
        boolean news =
                !windows.isEmpty() || !gaps.equals(before.gaps()) || state == PlanState.PLANNED;
        boolean untold = again && (windowCount == 0 || before.state() == PlanState.CONVERTING);
        if (news && before.plan() == 1 && !untold) {
            events.add(this::planned);
        }
        Failure failed = failure;
        if (failed != null && (state == PlanState.FAILED || isEarlyNews(failed))) {
            events.add((sequence, at) ->
                    new TranscodeEvent.Failed(
                            before.sessionId(),
                            sequence,
                            at,
                            failed.kind().code(),
                            failed.message()));
        }
        return events;
    }

    /// Whether somebody who is still recording has to learn that nothing comes of it as it is. The
    /// next run may be better, so this is not the session's end.
    private boolean isEarlyNews(Failure failed) {
        return before.completion() == null
                && !failed.equals(before.failure())
                && !after().isConversionDue();
    }

    private TranscodeEvent planned(long sequence, Instant at) {
        return new TranscodeEvent.Planned(
                before.sessionId(),
                sequence,
                at,
                windowCount,
                cursor.plannedTicks(),
                state == PlanState.PLANNED,
                gaps);
    }
}
