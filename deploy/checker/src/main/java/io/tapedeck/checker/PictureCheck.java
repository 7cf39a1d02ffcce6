package io.tapedeck.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Each source picture once, at its own time, looking like itself; and nothing else, save repeats
/// where the source pauses.
///
/// @param source one run
/// @param shown times in the run and thumbnails of what was rendered of it
/// @param windows `[start, end)` of the run's segments, in the run's ticks
record PictureCheck(
        String name,
        Source source,
        TreeMap<Long, byte[]> shown,
        List<long[]> windows,
        Notes notes) {

    private static final long PAUSE_TICKS = 90_000;

    /// Of 255, after scaling to a thumbnail: coding twice costs about one.
    private static final double ALIKE = 6;

    /// Neighbours that differ by less cannot be told apart.
    private static final double TELLING = 1.5;

    void run() {
        var times = source.pictureTicks();
        Map<Long, Integer> indexes = new HashMap<>();
        for (int i = 0; i < times.size(); i++) {
            indexes.put(times.get(i), i);
            if (!shown.containsKey(times.get(i))) {
                notes.problem(
                        "source picture missing",
                        "%s picture %d at %d".formatted(name, i, times.get(i)));
            }
        }
        var differences = new ArrayList<Double>();
        shown.forEach((at, thumbnail) -> {
            Integer index = indexes.get(at);
            if (index == null) {
                repeat(at, thumbnail);
            } else if (index < source.thumbnails().size()) {
                differences.add(looksLike(index, thumbnail));
            }
        });
        longestPause();
        notes.measure(name + " pictures", times.size() + " of which shown " + shown.size());
        notes.measure(
                name + " mean picture difference of 255",
                "%.2f".formatted(differences.stream().mapToDouble(d -> d).average().orElse(0)));
    }

    private double looksLike(int index, byte[] thumbnail) {
        var all = source.thumbnails();
        double own = Thumbnails.difference(all.get(index), thumbnail);
        notes.require(
                own < ALIKE,
                "picture looks different",
                "%s picture %d by %.1f".formatted(name, index, own));
        for (int other : new int[] {index - 1, index + 1}) {
            if (other >= 0 && other < all.size()) {
                boolean telling = Thumbnails.difference(all.get(index), all.get(other)) > TELLING;
                notes.require(
                        !telling || own < Thumbnails.difference(all.get(other), thumbnail),
                        "picture looks like its neighbour",
                        "%s picture %d like %d".formatted(name, index, other));
            }
        }
        return own;
    }

    /// A picture that is not at a source picture's time.
    private void repeat(long at, byte[] thumbnail) {
        var times = source.pictureTicks();
        int next = 0;
        while (next < times.size() && times.get(next) < at) {
            next++;
        }
        long end = windows.isEmpty() ? Long.MAX_VALUE : windows.getLast()[1];
        long from = next == 0 ? 0 : times.get(next - 1);
        long to = next == times.size() ? end : times.get(next);
        boolean allowed = to - from > PAUSE_TICKS || inEmptyWindow(at);
        notes.require(
                allowed,
                "picture that the source does not have",
                "%s at %d, between %d and %d".formatted(name, at, from, to));
        if (next == 0) {
            notes.require(
                    Thumbnails.isBlack(thumbnail),
                    "not black before the first picture",
                    "%s at %d".formatted(name, at));
        } else if (next - 1 < source.thumbnails().size()) {
            double off = Thumbnails.difference(source.thumbnails().get(next - 1), thumbnail);
            notes.require(
                    off < ALIKE,
                    "repeat shows another picture",
                    "%s at %d, by %.1f".formatted(name, at, off));
        }
    }

    private boolean inEmptyWindow(long at) {
        return windows.stream()
                .filter(window -> window[0] <= at && at < window[1])
                .anyMatch(window ->
                        source.pictureTicks().stream()
                                .noneMatch(t -> window[0] <= t && t < window[1]));
    }

    private void longestPause() {
        long last = 0;
        for (long at : shown.keySet()) {
            notes.require(
                    at - last <= PAUSE_TICKS + 1,
                    "nothing shown for over a second",
                    "%s from %d to %d".formatted(name, last, at));
            last = at;
        }
    }
}
