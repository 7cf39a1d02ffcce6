package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.WindowInput;
import java.time.Duration;

/// How long ffmpeg may take for windows.
///
/// @param start for any of them
/// @param perSecond on top of it, for each second of media that it reads; where keyframes are rare
///   that is much more than the window
public record TimeLimit(Duration start, Duration perSecond) {

    /// 15 s for a window of 2 s, of which a healthy run on a busy machine takes one or two.
    public static final TimeLimit DEFAULT =
            new TimeLimit(Duration.ofSeconds(5), Duration.ofSeconds(5));

    /// Whoever waits for a rendering may take it for dead behind this, and what it takes to read
    /// its bytes and to store what comes out.
    public static final Duration LONGEST = Duration.ofMinutes(4);

    /// @param renditions how many are made at a time; each one but the first counts for half
    Duration of(WindowInput input, int renditions) {
        double seconds =
                Ticks.toSeconds(input.window().endTicks() - firstTicks(input))
                        * (renditions + 1)
                        / 2;
        Duration limit = start.plusNanos((long) (perSecond.toNanos() * seconds));
        return limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
    }

    /// Where its media begins: at its first frame or, when that is later, at the window's start.
    private static long firstTicks(WindowInput input) {
        long first = input.window().startTicks();
        if (!input.pictures().isEmpty()) {
            first = Math.min(first, input.pictures().getFirst().ticks());
        }
        if (!input.sounds().isEmpty()) {
            first = Math.min(first, Ticks.ofSamples(input.sounds().getFirst().firstSample()));
        }
        return first;
    }
}
