package io.tapedeck.ingest.history;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which part somebody wants to save, checked.
///
/// @param title what a person calls it, possibly empty
public record PartWish(Instant from, Instant to, String title) {

    private static final int LONGEST_TITLE = 200;
    private static final long MOST_MINUTES = 525_600;

    /// @param minutes the last ones, until now; null where `from` and `to` say it
    /// @throws ProblemException what to write instead
    public static PartWish of(
            @Nullable Integer minutes,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String title,
            Instant now) {
        String words = title == null ? "" : title.strip();
        if (words.length() > LONGEST_TITLE || words.indexOf('\0') >= 0) {
            throw invalid("title", "Give it at most %d characters.".formatted(LONGEST_TITLE));
        }
        if (minutes != null && from == null && to == null) {
            if (minutes < 1 || minutes > MOST_MINUTES) {
                throw invalid("minutes", "Save 1 minute or more.");
            }
            return new PartWish(now.minus(Duration.ofMinutes(minutes)), now, words);
        }
        if (minutes != null || from == null || to == null) {
            throw invalid("minutes", "Say how many minutes until now, or from when to when.");
        }
        if (!from.isBefore(to)) {
            throw invalid("to", "The end is not behind the beginning.");
        }
        return new PartWish(from, to, words);
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(IngestProblem.PART_INVALID, detail).with("field", field);
    }
}
