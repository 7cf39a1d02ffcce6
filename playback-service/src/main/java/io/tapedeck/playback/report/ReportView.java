package io.tapedeck.playback.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tapedeck.transcode.contract.CheckResult;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a finished session was found to be.
///
/// @param result `failed` when one of the checks did; what is missing is listed and no failure
/// @param words the result in one sentence
/// @param checks each thing that was looked at
/// @param missing media time that is known to be missing, by start
public record ReportView(
        String sessionId,
        Instant checkedAt,
        CheckResult result,
        String words,
        List<CheckView> checks,
        List<MissingView> missing) {

    private static final int TICKS_PER_MILLI = 90;

    /// One thing that was looked at.
    ///
    /// @param code stable
    /// @param words the result, for people
    /// @param placeCount in how many places it failed
    /// @param places the first of them
    public record CheckView(
            String code,
            CheckResult result,
            String words,
            int placeCount,
            List<PlaceView> places) {}

    /// Where a check failed.
    ///
    /// @param rendition absent where it is about all of them
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlaceView(@Nullable String rendition, long startMillis, String words) {}

    /// Time that is known to be missing.
    ///
    /// @param reason for people
    public record MissingView(long startMillis, long durationMillis, String reason) {}

    static ReportView of(ReportEntity row) {
        return new ReportView(
                row.sessionId,
                row.checkedAt,
                row.passed ? CheckResult.PASSED : CheckResult.FAILED,
                words(row),
                row.checks.stream().map(ReportView::check).toList(),
                row.missing.stream().map(ReportView::missing).toList());
    }

    private static String words(ReportEntity row) {
        if (!row.passed) {
            return row.checks.stream()
                    .filter(check -> check.result() == CheckResult.FAILED)
                    .findFirst()
                    .map(TranscodeEvent.Check::words)
                    .orElse("Something is not as it should be.");
        }
        return row.missing.isEmpty()
                ? "Everything that was recorded is here, once and in its place."
                : "What is listed here is missing. Everything else is here, once and in its place.";
    }

    private static CheckView check(TranscodeEvent.Check check) {
        return new CheckView(
                check.code(),
                check.result(),
                check.words(),
                check.placeCount(),
                check.places().stream()
                        .map(place ->
                                new PlaceView(
                                        place.rendition(),
                                        place.startTicks() / TICKS_PER_MILLI,
                                        place.words()))
                        .toList());
    }

    private static MissingView missing(TranscodeEvent.Gap gap) {
        return new MissingView(
                gap.startTicks() / TICKS_PER_MILLI,
                gap.durationTicks() / TICKS_PER_MILLI,
                gap.reason());
    }
}
