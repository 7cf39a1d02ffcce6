package io.tapedeck.ingest.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Decides which chunks a part of a session consists of, and how they are numbered in the session
/// that it becomes: from 0, with the runs kept apart, and each run's first chunk in front of it,
/// without which nothing of it can be read.
final class SavedPart {

    private SavedPart() {}

    /// A chunk of the log.
    record LogChunk(long index, int run, Instant storedAt) {}

    /// @param from the chunk that it is
    /// @param index its new number
    /// @param run its new run
    record Place(LogChunk from, long index, int run) {}

    /// Of what is before a part only what leads to it, in the same run: other runs can be read
    /// without.
    ///
    /// @param chunks stored in the time that is saved, or a while before, in order
    /// @param from when the part begins
    /// @return empty when nothing was stored since then
    static List<LogChunk> led(List<LogChunk> chunks, Instant from) {
        return chunks.stream()
                .filter(chunk -> !chunk.storedAt().isBefore(from))
                .findFirst()
                .map(first -> chunks.stream().filter(chunk -> chunk.run() >= first.run()).toList())
                .orElse(List.of());
    }

    /// @param chunks stored in the time that is saved, in order
    /// @param firsts the first chunk of each of their runs, in any order
    static List<Place> of(List<LogChunk> chunks, List<LogChunk> firsts) {
        Map<Integer, LogChunk> firstOf = new HashMap<>();
        firsts.forEach(first -> firstOf.put(first.run(), first));
        var places = new ArrayList<Place>();
        int run = -1;
        Integer before = null;
        for (LogChunk chunk : chunks) {
            if (!Objects.equals(before, chunk.run())) {
                before = chunk.run();
                run++;
                LogChunk first = firstOf.get(chunk.run());
                if (first != null && first.index() < chunk.index()) {
                    places.add(new Place(first, places.size(), run));
                }
            }
            places.add(new Place(chunk, places.size(), run));
        }
        return places;
    }
}
