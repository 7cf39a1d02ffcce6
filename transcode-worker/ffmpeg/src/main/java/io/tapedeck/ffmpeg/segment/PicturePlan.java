package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import java.util.ArrayList;
import java.util.List;

/// Which pictures a window shows, and when.
///
/// Each picture inside the window is shown once, at its own time. Where nothing new comes for over
/// a second, counted across the window's start, the last picture is shown again: at the start of
/// the window and then at even steps of at most a second. A window without a picture of its own
/// always does so. Before a run's first picture that means black.
///
/// All times are the run's ticks.
///
/// @param coded what to decode, in order; those before the window's start are not shown
/// @param repeats pictures to show once more, by the time they are shown first
/// @param blackTicks when to show black; needs a picture to be made from
record PicturePlan(List<Frame.Picture> coded, List<Repeat> repeats, List<Long> blackTicks) {

    static final long LONGEST_PAUSE_TICKS = Ticks.PER_SECOND;

    /// More repeats than a sane window can need.
    private static final int MOST_REPEATS_PER_PAUSE = 30;

    /// @param fromTicks the time of a picture in `coded`
    /// @param atTicks when to show it again
    record Repeat(long fromTicks, long atTicks) {}

    static PicturePlan of(Window window, List<Frame.Picture> pictures) {
        var before = new ArrayList<Frame.Picture>();
        var own = new ArrayList<Frame.Picture>();
        for (var picture : pictures) {
            if (picture.ticks() < window.startTicks()) {
                before.add(picture);
            } else if (picture.ticks() < window.endTicks()) {
                own.add(picture);
            }
        }
        long firstOwn = own.isEmpty() ? window.endTicks() : own.getFirst().ticks();
        long shownBefore = before.isEmpty() ? window.startTicks() : before.getLast().ticks();
        boolean startShown = firstOwn == window.startTicks();
        boolean held =
                !startShown && (own.isEmpty() || firstOwn - shownBefore > LONGEST_PAUSE_TICKS);

        var coded = new ArrayList<Frame.Picture>(before);
        var repeats = new ArrayList<Repeat>();
        var black = new ArrayList<Long>();
        if (held) {
            if (before.isEmpty()) {
                black.add(window.startTicks());
                black.addAll(steps(window.startTicks(), firstOwn));
            } else {
                coded.set(coded.size() - 1, moved(before.getLast(), window.startTicks()));
                repeat(window.startTicks(), firstOwn, repeats);
            }
        }
        for (int i = 0; i < own.size(); i++) {
            long next = i + 1 < own.size() ? own.get(i + 1).ticks() : window.endTicks();
            coded.add(own.get(i));
            repeat(own.get(i).ticks(), next, repeats);
        }
        return new PicturePlan(List.copyOf(coded), List.copyOf(repeats), List.copyOf(black));
    }

    /// How many pictures the window shows, if all can be decoded.
    int shownFrom(long startTicks) {
        long own = coded.stream().filter(picture -> picture.ticks() >= startTicks).count();
        return (int) own + repeats.size() + blackTicks.size();
    }

    private static Frame.Picture moved(Frame.Picture picture, long ticks) {
        return new Frame.Picture(ticks, picture.keyframe(), picture.payload());
    }

    private static void repeat(long from, long to, List<Repeat> repeats) {
        steps(from, to).forEach(at -> repeats.add(new Repeat(from, at)));
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
