package io.tapedeck.playback.playlist;

import static io.tapedeck.playback.playlist.Golden.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.playback.catalog.Dropped;
import io.tapedeck.playback.catalog.PlannedWindow;
import io.tapedeck.playback.catalog.WindowOutcome;
import io.tapedeck.playback.catalog.WindowOutcome.Missing;
import io.tapedeck.playback.catalog.WindowOutcome.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MediaPlaylistTest {

    private static final long TWO_SECONDS = 180_000;
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void liveListsWhatIsThereAndHasNoEnd() {
        String text =
                MediaPlaylist.render(
                        2,
                        false,
                        Dropped.NOTHING,
                        List.of(segment(0, 0, 0, TWO_SECONDS), segment(1, 0, TWO_SECONDS, 181_440)),
                        false,
                        "");
        assertThat(text).isEqualTo(golden("live.m3u8"));
    }

    @Test
    void endedMarksRunsAndGaps() {
        List<WindowOutcome> listed =
                List.of(
                        segment(0, 0, 0, TWO_SECONDS),
                        new Missing(1, 0, TWO_SECONDS, TWO_SECONDS, "broken", at(TWO_SECONDS)),
                        segment(2, 0, 2 * TWO_SECONDS, 1),
                        segment(3, 1, 2 * TWO_SECONDS + 1920, 123_457));
        assertThat(MediaPlaylist.render(2, false, Dropped.NOTHING, listed, true, ""))
                .isEqualTo(golden("ended.m3u8"));
    }

    @Test
    void timeThatWasNeverRecordedIsADiscontinuityToo() {
        List<WindowOutcome> listed =
                List.of(segment(0, 0, 0, TWO_SECONDS), segment(1, 0, 5 * TWO_SECONDS, TWO_SECONDS));
        assertThat(MediaPlaylist.render(2, false, Dropped.NOTHING, listed, false, ""))
                .contains("#EXT-X-DISCONTINUITY\n");
    }

    @Test
    void whereNobodyKnowsWhenItWasRecordedNothingIsSaidOfIt() {
        var unknown = new Missing(0, 0, 0, TWO_SECONDS, "broken", null);
        assertThat(MediaPlaylist.render(2, false, Dropped.NOTHING, List.of(unknown), false, ""))
                .doesNotContain("DATE");
    }

    @Test
    void theCdnGoesBeforeEachSegment() {
        String text =
                MediaPlaylist.render(
                        2,
                        false,
                        Dropped.NOTHING,
                        List.of(segment(0, 0, 0, TWO_SECONDS)),
                        false,
                        "https://cdn.example/hls/s/720p/");
        assertThat(text).contains("\nhttps://cdn.example/hls/s/720p/0-0d19e57.ts\n");
    }

    @Test
    void longOnesDoNotDrift() {
        // 30 pictures at 29.97 frames per second: no whole number of microseconds.
        long ticks = 90_090;
        var listed = new ArrayList<WindowOutcome>();
        for (int window = 0; window < 10_000; window++) {
            listed.add(segment(window, 0, window * ticks, ticks));
        }
        double sum =
                MediaPlaylist.render(2, false, Dropped.NOTHING, listed, true, "")
                        .lines()
                        .filter(line -> line.startsWith("#EXTINF:"))
                        .mapToDouble(
                                line -> Double.parseDouble(line.substring(8, line.length() - 1)))
                        .sum();
        assertThat(sum)
                .isCloseTo(10_000 * ticks / 90_000.0, org.assertj.core.data.Offset.offset(0.005));
    }

    @Test
    void whatWasSaidIsNeverTakenBack() {
        var listed = new ArrayList<WindowOutcome>();
        String before = MediaPlaylist.render(2, false, Dropped.NOTHING, listed, false, "");
        for (int window = 0; window < 50; window++) {
            int run = window / 7;
            long start = window * TWO_SECONDS;
            listed.add(
                    window % 5 == 3
                            ? new Missing(window, run, start, TWO_SECONDS, "broken", at(start))
                            : segment(window, run, start, TWO_SECONDS));
            String after = MediaPlaylist.render(2, false, Dropped.NOTHING, listed, false, "");
            assertThat(after).startsWith(before);
            before = after;
        }
        assertThat(MediaPlaylist.render(2, false, Dropped.NOTHING, listed, true, ""))
                .isEqualTo(before + "#EXT-X-ENDLIST\n");
    }

    @Test
    void aFileIsListedToItsEndBeforeItIsRendered() {
        List<PlannedWindow> windows =
                List.of(
                        new PlannedWindow(0, 0, 0, TWO_SECONDS, at(0)),
                        new PlannedWindow(1, 0, TWO_SECONDS, 90_000, at(TWO_SECONDS)),
                        new PlannedWindow(2, 1, 300_000, TWO_SECONDS, null));
        assertThat(MediaPlaylist.renderAhead(2, true, 3, windows, Set.of(1L), true, "x/"))
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:6
                        #EXT-X-TARGETDURATION:2
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-PLAYLIST-TYPE:VOD
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-PROGRAM-DATE-TIME:2026-03-01T10:00:00.000Z
                        #EXTINF:2.000000,
                        x/3/0.ts
                        #EXT-X-GAP
                        #EXTINF:1.000000,
                        x/3/1.ts
                        #EXT-X-DISCONTINUITY
                        #EXTINF:2.000000,
                        x/3/2.ts
                        #EXT-X-ENDLIST
                        """);
    }

    @Test
    void whileAFileIsPlannedItsListGrows() {
        List<PlannedWindow> windows =
                List.of(
                        new PlannedWindow(0, 0, 0, TWO_SECONDS, at(0)),
                        new PlannedWindow(1, 0, TWO_SECONDS, TWO_SECONDS, at(TWO_SECONDS)));
        String before =
                MediaPlaylist.renderAhead(2, false, 1, windows.subList(0, 1), Set.of(), false, "");
        String after = MediaPlaylist.renderAhead(2, false, 1, windows, Set.of(), true, "");
        assertThat(before)
                .contains("TYPE:EVENT", "#EXT-X-START:TIME-OFFSET=0\n")
                .doesNotContain("ENDLIST");
        assertThat(after).startsWith(before).endsWith("1/1.ts\n#EXT-X-ENDLIST\n");
    }

    private static Segment segment(long window, int run, long startTicks, long durationTicks) {
        return new Segment(
                window,
                run,
                startTicks,
                durationTicks,
                "key",
                "%dd19e57".formatted(window),
                1000,
                "avc1.64001f,mp4a.40.2",
                60,
                at(startTicks));
    }

    private static Instant at(long ticks) {
        return START.plusNanos(ticks * 100_000 / 9);
    }
}
