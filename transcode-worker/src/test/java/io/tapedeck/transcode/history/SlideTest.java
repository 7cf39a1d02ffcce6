package io.tapedeck.transcode.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Cut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Plays weeks of cameras that come and go, and looks at every playlist.
class SlideTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final long SECOND = 90_000;
    private static final Duration MARGIN = Duration.ofSeconds(15);

    @Test
    void whatIsOldByTheLiveEdgeGoes() {
        var slide = new Slide(Duration.ofSeconds(30), MARGIN);
        List<OldWindow> windows = windows(0, 60, 2, START);
        OptionalLong mark = slide.mark(windows, 0, 60 * SECOND, 54 * SECOND, START);
        assertThat(mark).hasValue(30 * SECOND);
    }

    @Test
    void whatIsOldByTheClockGoesWhenNothingComes() {
        var slide = new Slide(Duration.ofSeconds(30), MARGIN);
        List<OldWindow> windows = windows(0, 20, 2, START);
        Instant later = START.plusSeconds(40);
        assertThat(slide.mark(windows, 0, 20 * SECOND, 14 * SECOND, later)).hasValue(10 * SECOND);
    }

    @Test
    void threeTargetDurationsStayWhateverTheTime() {
        var slide = new Slide(Duration.ofSeconds(30), MARGIN);
        List<OldWindow> windows = windows(0, 20, 2, START);
        Instant muchLater = START.plusSeconds(100_000);
        assertThat(slide.mark(windows, 0, 20 * SECOND, 14 * SECOND, muchLater))
                .hasValue(14 * SECOND);
    }

    @Test
    void ofALongHistoryOnlyStepsAreTold() {
        var slide = new Slide(Duration.ofSeconds(86_400), MARGIN);
        List<OldWindow> windows = windows(0, 400, 2, START);
        long edge = (86_400 + 80) * SECOND;
        assertThat(slide.mark(windows, 0, edge, edge - 6 * SECOND, START)).isEmpty();
        assertThat(slide.mark(windows, 0, edge + 10 * SECOND, edge, START)).hasValue(90 * SECOND);
    }

    @Test
    void ofWhatIsAllOldNothingWaitsForAStep() {
        var slide = new Slide(Duration.ofDays(365), MARGIN);
        List<OldWindow> windows = windows(0, 40, 2, START);
        long edge = Duration.ofDays(400).toSeconds() * SECOND;
        assertThat(slide.mark(windows, 0, edge, edge - 6 * SECOND, START)).hasValue(40 * SECOND);
        assertThat(slide.mark(List.of(), 0, edge, edge, START)).isEmpty();
    }

    @Test
    void floorIsWhereThreeTargetDurationsBegin() {
        List<OldWindow> newest = windows(0, 20, 2, START).reversed();
        assertThat(Slide.floor(newest, 2)).hasValue(14 * SECOND);
        assertThat(Slide.floor(newest.subList(0, 2), 2)).isEmpty();
    }

    @Test
    void everyPlaylistIsLegalAndNothingGoesThatOneStillNames() {
        for (long seed = 0; seed < 60; seed++) {
            new Life(new SplittableRandom(seed), seed).live();
        }
    }

    private static List<OldWindow> windows(int from, int to, int each, Instant start) {
        var windows = new ArrayList<OldWindow>();
        for (int at = from; at < to; at += each) {
            windows.add(
                    new OldWindow(
                            at / each,
                            0,
                            at * SECOND,
                            (at + each) * SECOND,
                            start.plusSeconds(at)));
        }
        return windows;
    }

    /// A rendition as its viewers see it.
    private static final class Playlist {
        final Cut cut;
        final int target;
        int listed;
        long sequence;
        long discontinuitySequence;

        Playlist(Cut cut, int target) {
            this.cut = cut;
            this.target = target;
        }
    }

    /// A camera's life: windows come, in two cuts, in renditions that are behind each other.
    private static final class Life {
        final SplittableRandom random;
        final long seed;
        final Slide slide;
        final int targetSeconds;
        final List<OldWindow> grid = new ArrayList<>();
        final List<OldWindow> source = new ArrayList<>();
        final Map<Cut, CutStart> starts = new HashMap<>();
        final Map<OldWindow, Instant> removals = new HashMap<>();
        final Map<OldWindow, Instant> lastListed = new HashMap<>();
        final Map<OldWindow, Long> longest = new HashMap<>();
        final List<long[]> pending = new ArrayList<>();
        final List<Playlist> playlists;
        Instant now = START;
        long mark;
        long end;
        int stretch;

        Life(SplittableRandom random, long seed) {
            this.random = random;
            this.seed = seed;
            slide = new Slide(Duration.ofSeconds(30 + random.nextInt(60)), MARGIN);
            targetSeconds = 1 + random.nextInt(4);
            playlists =
                    List.of(
                            new Playlist(Cut.GRID, targetSeconds),
                            new Playlist(Cut.GRID, targetSeconds),
                            new Playlist(Cut.SOURCE, 10));
        }

        List<OldWindow> planned(Cut cut) {
            return cut == Cut.GRID ? grid : source;
        }

        CutStart start(Cut cut) {
            return starts.getOrDefault(cut, CutStart.beginning(cut));
        }

        void live() {
            for (int step = 0; step < 800; step++) {
                come();
                for (Playlist one : playlists) {
                    int there = planned(one.cut).size();
                    one.listed = Math.min(there, one.listed + random.nextInt(4));
                }
                slide();
                look();
            }
        }

        /// Some seconds of the camera, or some of silence, after which another stretch begins.
        void come() {
            if (random.nextInt(30) == 0) {
                now = now.plusSeconds(random.nextInt(200));
                stretch++;
                end += random.nextInt(2) * 960;
            }
            long ticks =
                    random.nextInt(8) == 0
                            ? 1920 + random.nextInt((int) (targetSeconds * SECOND - 1920))
                            : targetSeconds * SECOND;
            now = now.plusMillis(ticks / 90);
            Instant recorded = now.minusMillis(ticks / 90);
            grid.add(new OldWindow(grid.size(), stretch, end, end + ticks, recorded));
            long from = source.isEmpty() ? end : source.getLast().endTicks();
            boolean breaks = source.isEmpty() || source.getLast().stretch() != stretch;
            from = breaks ? end : from;
            end += ticks;
            if (end - from > 2 * SECOND || breaks) {
                source.add(new OldWindow(source.size(), stretch, from, end, recorded));
            }
        }

        void slide() {
            long edge = 0;
            long floor = Long.MAX_VALUE;
            for (Playlist one : playlists) {
                List<OldWindow> newest = planned(one.cut).subList(0, one.listed).reversed();
                OptionalLong own = Slide.floor(newest, one.target);
                if (own.isEmpty()) {
                    return;
                }
                floor = Math.min(floor, own.getAsLong());
                edge = Math.max(edge, newest.getFirst().endTicks());
            }
            OptionalLong to = slide.mark(from(Cut.GRID), mark, edge, floor, now);
            if (to.isEmpty()) {
                return;
            }
            long playlist = edge - mark;
            long known = pending.stream().mapToLong(one -> one[1]).max().orElse(0);
            for (Cut cut : Cut.values()) {
                List<OldWindow> oldest = from(cut);
                CutStart after = start(cut).moved(oldest, to.getAsLong());
                List<OldWindow> dropped =
                        oldest.stream().filter(one -> one.index() < after.firstWindow()).toList();
                long window = dropped.stream().mapToLong(OldWindow::durationTicks).max().orElse(0);
                Instant remove = slide.removeAt(now, window, Math.max(playlist, known));
                dropped.forEach(one -> removals.put(one, remove));
                if (!dropped.isEmpty()) {
                    pending.add(new long[] {remove.toEpochMilli(), playlist});
                }
                starts.put(cut, after);
            }
            pending.removeIf(one -> one[0] <= now.toEpochMilli());
            mark = to.getAsLong();
        }

        List<OldWindow> from(Cut cut) {
            List<OldWindow> all = planned(cut);
            return all.subList((int) start(cut).firstWindow(), all.size());
        }

        void look() {
            for (Playlist one : playlists) {
                CutStart start = start(one.cut);
                List<OldWindow> all = planned(one.cut);
                if (one.listed < start.firstWindow()) {
                    throw new AssertionError("seed " + seed + ": listed less than was dropped");
                }
                List<OldWindow> listed = all.subList((int) start.firstWindow(), one.listed);
                long ticks = listed.stream().mapToLong(OldWindow::durationTicks).sum();
                if (start.firstWindow() > 0) {
                    assertThat(ticks)
                            .as("seed %d", seed)
                            .isGreaterThanOrEqualTo(3 * one.target * SECOND);
                }
                assertThat(start.firstWindow()).isGreaterThanOrEqualTo(one.sequence);
                assertThat(start.discontinuities())
                        .isGreaterThanOrEqualTo(one.discontinuitySequence);
                one.sequence = start.firstWindow();
                one.discontinuitySequence = start.discontinuities();
                long breaks = 0;
                for (int i = 1; i <= Math.min(start.firstWindow(), all.size() - 1); i++) {
                    breaks += all.get(i).breaksFrom(all.get(i - 1)) ? 1 : 0;
                }
                assertThat(start.discontinuities()).as("seed %d", seed).isEqualTo(breaks);
                assertThat(start.droppedTicks())
                        .isEqualTo(
                                all.subList(0, (int) start.firstWindow()).stream()
                                        .mapToLong(OldWindow::durationTicks)
                                        .sum());
                for (OldWindow window : listed) {
                    lastListed.put(window, now);
                    longest.merge(window, ticks, Math::max);
                }
            }
            removals.forEach((window, at) -> {
                Instant named = lastListed.get(window);
                if (named != null) {
                    long must = window.durationTicks() + longest.getOrDefault(window, 0L);
                    assertThat(at)
                            .as("seed %d window %s", seed, window)
                            .isAfterOrEqualTo(named.plusMillis(must / 90));
                }
            });
        }
    }
}
