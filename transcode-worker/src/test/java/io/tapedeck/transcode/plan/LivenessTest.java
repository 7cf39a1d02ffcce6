package io.tapedeck.transcode.plan;

import static io.tapedeck.transcode.story.Queue.BACKLOG;
import static io.tapedeck.transcode.story.Queue.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.story.Queue;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LivenessTest {

    private static final Instant OPENED = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant NOW = OPENED.plus(Duration.ofMinutes(5));

    @Test
    void mediaThatKeepsPaceWithTheClockIsLive() {
        assertThat(queue(true, NOW, Duration.ofMinutes(5))).isEqualTo(LIVE);
    }

    @Test
    void catchingUpAfterANetworkFailureIsLive() {
        assertThat(queue(true, NOW.minusSeconds(1), Duration.ofMinutes(2))).isEqualTo(LIVE);
    }

    @Test
    void mediaFasterThanTheClockIsAFileBeingSent() {
        assertThat(queue(true, NOW, Duration.ofMinutes(5).plus(Liveness.AHEAD).plusSeconds(2)))
                .isEqualTo(BACKLOG);
    }

    @Test
    void aCameraWhoseClockRunsFastStaysLiveForWeeks() {
        for (int weeks = 1; weeks <= 50; weeks++) {
            Duration open = Duration.ofDays(7L * weeks);
            Duration media = open.plus(open.multipliedBy(100).dividedBy(1_000_000));
            assertThat(queueAfter(open, media)).isEqualTo(LIVE);
        }
    }

    @Test
    void aFileIsBacklogAlsoInASessionThatIsOpenForLong() {
        Duration open = Duration.ofDays(7);
        assertThat(queueAfter(open, open.plus(Duration.ofHours(2)))).isEqualTo(BACKLOG);
    }

    @Test
    void oldChunksAreBacklog() {
        Instant old = NOW.minus(Liveness.FRESH).minusSeconds(1);
        assertThat(queue(true, old, Duration.ofMinutes(1))).isEqualTo(BACKLOG);
    }

    @Test
    void whatNobodyMayWatchIsBacklog() {
        assertThat(queue(false, NOW, Duration.ofMinutes(1))).isEqualTo(BACKLOG);
    }

    @Test
    void withoutAnOpeningTheClockCannotBeCompared() {
        assertThat(Liveness.queue(true, null, NOW, Ticks.ofMillis(3_600_000), NOW)).isEqualTo(LIVE);
    }

    @Test
    void aLiveJobIsSentAgainSoonerThanOneThatNobodyWaitsFor() {
        assertThat(Liveness.patience(LIVE)).isEqualTo(Duration.ofSeconds(4));
        assertThat(Liveness.patience(BACKLOG)).isGreaterThan(Liveness.patience(LIVE));
    }

    private static Queue queueAfter(Duration open, Duration end) {
        Instant now = OPENED.plus(open);
        return Liveness.queue(true, OPENED, now, Ticks.ofMillis(end.toMillis()), now);
    }

    private static Queue queue(boolean live, Instant newestChunk, Duration end) {
        return Liveness.queue(live, OPENED, newestChunk, Ticks.ofMillis(end.toMillis()), NOW);
    }
}
