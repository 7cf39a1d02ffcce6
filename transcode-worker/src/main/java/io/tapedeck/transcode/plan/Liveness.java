package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.story.Queue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which windows somebody may be waiting for. Media that came faster than the clock runs is not
/// live, so a long file that is sent at full speed cannot keep live sessions waiting, whereas
/// somebody who catches up after a network failure is.
final class Liveness {

    /// Older chunks are being caught up with, and nobody watches them appear.
    static final Duration FRESH = Duration.ofSeconds(60);

    /// How far media may run ahead of the clock.
    static final Duration AHEAD = Duration.ofSeconds(30);

    /// The same, as a part of the time since the opening: a camera's media goes by its own clock,
    /// for weeks. Quartz is off by 0.01 %, one that counts its pictures by far more, and a file is
    /// sent many times as fast.
    private static final int CLOCKS_DIFFER = 200;

    /// A job that nobody finished in this time is sent again although somebody waits for it: a live
    /// player has still some seconds to play.
    static final Duration LIVE_PATIENCE = Duration.ofSeconds(4);

    /// The same for what nobody waits for. Longer, because it may well lie in a deep queue.
    static final Duration BACKLOG_PATIENCE = Duration.ofSeconds(10);

    private Liveness() {}

    /// How long to wait before a job is sent a second time.
    static Duration patience(Queue queue) {
        return switch (queue) {
            case LIVE, FRONT -> LIVE_PATIENCE;
            case CONVERT, BACKLOG -> BACKLOG_PATIENCE;
        };
    }

    /// @param openedAt start of the session, null when unknown
    /// @param newestChunkAt when the last bytes of the window were stored
    /// @param endTicks end of the window on the session's timeline
    static Queue queue(
            boolean live,
            @Nullable Instant openedAt,
            @Nullable Instant newestChunkAt,
            long endTicks,
            Instant now) {
        boolean fresh = newestChunkAt == null || newestChunkAt.plus(FRESH).isAfter(now);
        boolean ahead =
                openedAt != null
                        && Ticks.toMillis(endTicks)
                                > likely(Duration.between(openedAt, now)).toMillis();
        return live && fresh && !ahead ? Queue.LIVE : Queue.BACKLOG;
    }

    /// How much media there is at most, so long after the opening, unless it is a file.
    private static Duration likely(Duration sinceOpening) {
        return sinceOpening.plus(sinceOpening.dividedBy(CLOCKS_DIFFER)).plus(AHEAD);
    }
}
