package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.plan.Grid;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a session and how far it is planned.
///
/// @param version to be expected when committing
/// @param plan which plan of the session it is, from 1
/// @param live whether somebody may be watching while it is recorded
/// @param openedAt null until told
/// @param grid on which the windows of renditions are cut that are encoded
/// @param completion null while chunks may come
/// @param ladder what was decided on renditions
/// @param failure why nothing could be made of the runs so far; null when something could, and
///   before the first
/// @param conversions of all runs that need or needed one
/// @param sweptAt when a removed session's objects were last deleted
record PlanRow(
        String sessionId,
        long version,
        int plan,
        PlanState state,
        boolean live,
        @Nullable Instant openedAt,
        Grid grid,
        History history,
        @Nullable Completion completion,
        LadderChoice ladder,
        PlanCursor cursor,
        List<Gap> gaps,
        @Nullable Failure failure,
        List<Conversion> conversions,
        @Nullable Instant sweptAt) {
    PlanRow {
        gaps = List.copyOf(gaps);
        conversions = List.copyOf(conversions);
    }

    /// Of the run, when it needs or needed one.
    Optional<Conversion> conversion(int run) {
        return conversions.stream().filter(conversion -> conversion.run() == run).findFirst();
    }

    /// Why a run could not be converted, of the first such run.
    Optional<Failure> failedConversion() {
        return conversions.stream().flatMap(one -> one.failure().stream()).findFirst();
    }

    /// Whether another plan would show nothing that this one does not: something was cancelled, and
    /// nothing was converted.
    boolean isCancelled() {
        return conversions.stream().anyMatch(one -> one.state() == Conversion.State.CANCELLED)
                && conversions.stream().noneMatch(one -> one.state() == Conversion.State.MADE);
    }

    /// Whether another plan would show more, whatever was converted.
    ///
    /// @param incomplete whether chunks came too late for this plan
    /// @param outgrown whether larger pictures came when the renditions were chosen already
    boolean showsMoreAgain(boolean incomplete, boolean outgrown) {
        return !history.isSliding() && (incomplete || outgrown);
    }

    /// Whether some are not settled yet.
    boolean isConversionDue() {
        return conversions.stream()
                .anyMatch(conversion -> conversion.state() == Conversion.State.DUE);
    }

    /// Whether somebody may be waiting for what is planned. A plan that repeats another one is for
    /// those who come later.
    boolean isWatched() {
        return live && plan == 1;
    }
}
