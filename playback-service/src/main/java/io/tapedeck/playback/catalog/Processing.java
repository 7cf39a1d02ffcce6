package io.tapedeck.playback.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a session is made ready whose bytes are all here.
///
/// @param progress 0 to 1: windows that are rendered or given up, of all there are in all shown
///   renditions; of those that are known, while more are found
/// @param remainingMillis at the pace so far, absent while nobody can know
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Processing(double progress, @Nullable Long remainingMillis) {

    /// @param shown renditions of one plan
    static Processing of(List<RenditionProgress> shown, Instant now) {
        long known = shown.stream().mapToLong(RenditionProgress::knownWindows).sum();
        long settled = shown.stream().mapToLong(one -> one.settled().windows()).sum();
        return new Processing(
                known == 0 ? 0 : Math.min(1, (double) settled / known),
                remaining(shown, now).map(Duration::toMillis).orElse(null));
    }

    /// Renditions are made beside each other, so the slowest one counts.
    private static Optional<Duration> remaining(List<RenditionProgress> shown, Instant now) {
        Duration longest = Duration.ZERO;
        for (RenditionProgress one : shown) {
            Optional<Duration> left =
                    one.settled().timeFor(one.knownWindows() - one.settled().windows(), now);
            if (one.windowCount() == null || left.isEmpty()) {
                return Optional.empty();
            }
            longest = left.get().compareTo(longest) > 0 ? left.get() : longest;
        }
        return shown.isEmpty() ? Optional.empty() : Optional.of(longest);
    }
}
