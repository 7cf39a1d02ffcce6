package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Display;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which pictures neighbouring windows show, and when.
///
/// Each picture inside a window is shown once, at its own time. Where nothing new comes for over a
/// second, counted across the window's start, the last picture is shown again: at the start of the
/// window and then at even steps of at most a second. A window without a picture of its own always
/// does so. Before a run's first picture that means black. So what a window shows does not depend
/// on which other ones are rendered with it.
///
/// All times are the run's ticks.
///
/// @param coded what to decode, in order of decoding; those before the first window's start are not
///   shown, and neither are those behind the last one, which others need
/// @param repeats pictures to show once more, by the time they are shown first
/// @param blackTicks when to show black; needs a picture to be made from
/// @param display how decoded pictures are to be shown
record PicturePlan(
        List<Frame.Picture> coded, List<Repeat> repeats, List<Long> blackTicks, Display display) {

    static final long LONGEST_PAUSE_TICKS = Ticks.PER_SECOND;

    /// More repeats than a sane window can need.
    private static final int MOST_REPEATS_PER_PAUSE = 30;

    /// @param fromTicks the time of a picture in `coded`
    /// @param atTicks when to show it again
    record Repeat(long fromTicks, long atTicks) {}

    /// @param windows neighbours, in order
    /// @param pictures from a keyframe on, in order of decoding; what comes behind the last one
    ///   that is shown is left out
    static PicturePlan of(List<Window> windows, List<Frame.Picture> pictures) {
        long startTicks = windows.getFirst().startTicks();
        var making = new Making(startTicks, until(windows.getLast().endTicks(), pictures));
        var shown =
                pictures.stream().sorted(Comparator.comparingLong(Frame.Picture::ticks)).toList();
        int next = 0;
        while (next < shown.size() && shown.get(next).ticks() < startTicks) {
            making.show(shown.get(next++));
        }
        for (var window : windows) {
            int from = next;
            while (next < shown.size() && shown.get(next).ticks() < window.endTicks()) {
                next++;
            }
            making.window(window, shown.subList(from, next));
        }
        return new PicturePlan(
                List.copyOf(making.coded),
                List.copyOf(making.repeats),
                List.copyOf(making.black),
                Display.PLAIN);
    }

    PicturePlan shownAs(Display other) {
        return new PicturePlan(coded, repeats, blackTicks, other);
    }

    private static List<Frame.Picture> until(long endTicks, List<Frame.Picture> pictures) {
        int end = pictures.size();
        while (end > 0 && pictures.get(end - 1).ticks() >= endTicks) {
            end--;
        }
        return pictures.subList(0, end);
    }

    /// How many pictures a window shows, if all can be decoded.
    int shownIn(Window window) {
        return (int)
                (coded.stream().filter(picture -> window.holds(picture.ticks())).count()
                        + repeats.stream().filter(repeat -> window.holds(repeat.atTicks())).count()
                        + blackTicks.stream().filter(window::holds).count());
    }

    /// How many pictures have to be kept at a time: those up to the last one that is shown again
    /// later.
    int keptAtATime(long startTicks) {
        long last =
                Math.max(
                        repeats.stream().mapToLong(Repeat::fromTicks).max().orElse(startTicks - 1),
                        blackTicks.isEmpty() ? startTicks - 1 : firstShown(startTicks));
        return (int)
                coded.stream()
                        .filter(picture -> picture.ticks() >= startTicks)
                        .filter(picture -> picture.ticks() <= last)
                        .count();
    }

    /// The first picture that is shown: what black is made from.
    long firstShown(long startTicks) {
        return coded.stream()
                .mapToLong(Frame.Picture::ticks)
                .filter(ticks -> ticks >= startTicks)
                .min()
                .orElseThrow();
    }

    /// A plan that grows window by window.
    private static final class Making {

        private static final long NONE = Long.MIN_VALUE;

        private final long startTicks;
        private final List<Frame.Picture> coded;
        private final List<Repeat> repeats = new ArrayList<>();
        private final List<Long> black = new ArrayList<>();

        /// The one that is shown last so far.
        private Frame.@Nullable Picture last;

        /// When it came by itself.
        private long lastTicks = NONE;

        Making(long startTicks, List<Frame.Picture> coded) {
            this.startTicks = startTicks;
            this.coded = new ArrayList<>(coded);
        }

        void show(Frame.Picture picture) {
            last = picture;
            lastTicks = picture.ticks();
        }

        void window(Window window, List<Frame.Picture> own) {
            long start = window.startTicks();
            long firstOwn = own.isEmpty() ? window.endTicks() : own.getFirst().ticks();
            long shownBefore = lastTicks == NONE ? start : lastTicks;
            if (firstOwn != start
                    && (own.isEmpty() || firstOwn - shownBefore > LONGEST_PAUSE_TICKS)) {
                hold(start, firstOwn);
            }
            for (int i = 0; i < own.size(); i++) {
                long next = i + 1 < own.size() ? own.get(i + 1).ticks() : window.endTicks();
                show(own.get(i));
                repeat(own.get(i).ticks(), next);
            }
        }

        /// Shows the last picture, or black, from the start of a window on.
        private void hold(long start, long until) {
            var held = last;
            if (held == null) {
                black.add(start);
                black.addAll(steps(start, until));
                return;
            }
            long from = held.ticks();
            if (start == startTicks) {
                var moved = new Frame.Picture(start, held.keyframe(), held.payload());
                coded.replaceAll(one -> one.ticks() == held.ticks() ? moved : one);
                last = moved;
                from = start;
            } else {
                repeats.add(new Repeat(from, start));
            }
            for (long at : steps(start, until)) {
                repeats.add(new Repeat(from, at));
            }
        }

        private void repeat(long from, long to) {
            steps(from, to).forEach(at -> repeats.add(new Repeat(from, at)));
        }
    }

    /// Times strictly between two, at even steps of at most a second.
    private static List<Long> steps(long from, long to) {
        long parts = Math.min(Math.ceilDiv(to - from, LONGEST_PAUSE_TICKS), MOST_REPEATS_PER_PAUSE);
        var times = new ArrayList<Long>();
        for (long i = 1; i < parts; i++) {
            times.add(from + (to - from) * i / parts);
        }
        return times;
    }
}
