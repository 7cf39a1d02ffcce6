package io.tapedeck.playback.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tapedeck.playback.catalog.SessionStory.Converting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a session is made ready whose bytes are all here.
///
/// @param progress 0 to 1: windows that are rendered or given up, of all there are in all shown
///   renditions; of those that are known, while more are found. What has to be converted first
///   counts for the first quarter, whatever becomes of it
/// @param remainingMillis at the pace so far, absent while nobody can know. While something is
///   converted, until that is done: from then on it can be watched
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Processing(double progress, @Nullable Long remainingMillis) {

    private static final double CONVERSION_SHARE = 0.25;

    /// After that long nobody is converting, and nobody knows how long it takes.
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /// @param converting null where nothing had to be converted
    /// @param shown renditions of one plan
    static Processing of(
            @Nullable Converting converting, List<RenditionProgress> shown, Instant now) {
        Processing rendering = of(shown, now);
        if (converting == null) {
            return rendering;
        }
        return new Processing(
                CONVERSION_SHARE * converting.progress()
                        + (1 - CONVERSION_SHARE) * rendering.progress(),
                converting.progress() < 1
                        ? remaining(converting, now)
                        : rendering.remainingMillis());
    }

    private static @Nullable Long remaining(Converting converting, Instant now) {
        Long left = converting.remainingMillis();
        Duration since = Duration.between(converting.at(), now);
        return left == null || since.compareTo(PAUSE) > 0
                ? null
                : Math.clamp(left - since.toMillis(), 0, left);
    }

    private static Processing of(List<RenditionProgress> shown, Instant now) {
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
