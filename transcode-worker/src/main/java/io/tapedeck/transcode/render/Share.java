package io.tapedeck.transcode.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What one rendering takes of what is due: some neighbouring windows, all in the same renditions.
///
/// @param windows how many, from the first one on
record Share(long firstWindow, int windows) {

    private record Quality(String rendition, int generation) {}

    /// Begins with the job's own window or, when that is settled, with one that the job took
    /// together with it. A window that was tried before is rendered alone, so that it cannot spoil
    /// its neighbours a second time.
    ///
    /// @param lead the job's own window
    /// @param due in order of windows
    /// @param most windows at a time
    static Optional<Share> of(long lead, List<DueSegment> due, int most) {
        var byWindow =
                due.stream()
                        .collect(
                                Collectors.groupingBy(
                                        DueSegment::window, TreeMap::new, Collectors.toList()));
        Optional<Long> first =
                byWindow.entrySet().stream()
                        .filter(entry -> entry.getKey() == lead || mine(entry.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        List<DueSegment> own = byWindow.getOrDefault(first.get(), List.of());
        int windows = 1;
        while (windows < most
                && !tried(own)
                && joins(own, byWindow.getOrDefault(first.get() + windows, List.of()))) {
            windows++;
        }
        return Optional.of(new Share(first.get(), windows));
    }

    private static boolean joins(List<DueSegment> first, List<DueSegment> next) {
        return !next.isEmpty() && !tried(next) && qualities(first).equals(qualities(next));
    }

    private static Set<Quality> qualities(List<DueSegment> due) {
        return due.stream()
                .map(segment -> new Quality(segment.rendition(), segment.generation()))
                .collect(Collectors.toSet());
    }

    private static boolean tried(List<DueSegment> due) {
        return due.stream().anyMatch(DueSegment::tried);
    }

    private static boolean mine(List<DueSegment> due) {
        return due.stream().anyMatch(DueSegment::mine);
    }
}
