package io.tapedeck.playback.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.playback.catalog.Dropped;
import io.tapedeck.playback.catalog.WindowOutcome;
import io.tapedeck.playback.catalog.WindowOutcome.Missing;
import io.tapedeck.playback.catalog.WindowOutcome.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlidingPlaylistTest {

    private static final long SECOND = 90_000;
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void saysWhatWasTakenOut() {
        List<WindowOutcome> listed =
                List.of(
                        segment(30, 2, 60 * SECOND, 2 * SECOND),
                        segment(31, 2, 62 * SECOND, SECOND));
        String text =
                MediaPlaylist.render(2, true, new Dropped(30, 2, 60 * SECOND), listed, false, "");
        assertThat(text)
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:6
                        #EXT-X-TARGETDURATION:2
                        #EXT-X-MEDIA-SEQUENCE:30
                        #EXT-X-DISCONTINUITY-SEQUENCE:2
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-PROGRAM-DATE-TIME:2026-03-01T10:01:00.000Z
                        #EXTINF:2.000000,
                        30-d.ts
                        #EXTINF:1.000000,
                        31-d.ts
                        """);
    }

    @Test
    void isLegalAtEveryPollWhateverIsTakenOut() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            var windows = new ArrayList<WindowOutcome>();
            var player = new SlidingPlaylist();
            long first = 0;
            for (int poll = 0; poll < 60; poll++) {
                for (int i = random.nextInt(5); i > 0; i--) {
                    windows.add(next(windows, random));
                }
                while (first < windows.size() && isLongEnough(windows, first + 1)) {
                    first += random.nextInt(3) == 0 ? 1 : 0;
                    if (random.nextInt(4) == 0) {
                        break;
                    }
                }
                boolean ended = poll == 59;
                player.read(
                        MediaPlaylist.render(
                                2,
                                true,
                                dropped(windows, first),
                                windows.subList((int) first, windows.size()),
                                ended,
                                ""));
                assertThat(player.first()).isEqualTo(first);
            }
            assertThat(player.isEnded()).isTrue();
        }
    }

    private static boolean isLongEnough(List<WindowOutcome> windows, long first) {
        return windows.stream().skip(first).mapToLong(WindowOutcome::durationTicks).sum()
                >= 6 * SECOND;
    }

    private static Dropped dropped(List<WindowOutcome> windows, long first) {
        long breaks = 0;
        for (int i = 1; i <= first && i < windows.size(); i++) {
            WindowOutcome before = windows.get(i - 1);
            WindowOutcome here = windows.get(i);
            breaks +=
                    before.run() != here.run()
                                    || before.startTicks() + before.durationTicks()
                                            != here.startTicks()
                            ? 1
                            : 0;
        }
        return new Dropped(
                first,
                breaks,
                windows.stream().limit(first).mapToLong(WindowOutcome::durationTicks).sum());
    }

    private static WindowOutcome next(List<WindowOutcome> windows, SplittableRandom random) {
        WindowOutcome last = windows.isEmpty() ? null : windows.getLast();
        boolean breaks = random.nextInt(6) == 0;
        int run = last == null ? 0 : last.run() + (breaks ? 1 : 0);
        long start =
                last == null ? 0 : last.startTicks() + last.durationTicks() + (breaks ? 960 : 0);
        long ticks = random.nextInt(5) == 0 ? 1920 + random.nextInt(100_000) : 2 * SECOND;
        return random.nextInt(10) == 0
                ? new Missing(windows.size(), run, start, ticks, "broken", at(start))
                : segment(windows.size(), run, start, ticks);
    }

    private static Segment segment(long window, int run, long startTicks, long durationTicks) {
        return new Segment(
                window,
                run,
                startTicks,
                durationTicks,
                "key",
                "d",
                1000,
                "avc1",
                60,
                at(startTicks));
    }

    private static Instant at(long ticks) {
        return START.plusNanos(ticks * 100_000 / 9);
    }
}
