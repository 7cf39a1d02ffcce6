package io.tapedeck.checker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Findings while they are being found. Many problems of one kind are cut short.
final class Notes {

    private static final int MOST_PER_KIND = 5;

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, String> measures = new LinkedHashMap<>();

    /// @param kind groups problems; the start of the sentence
    void problem(String kind, String detail) {
        int count = counts.merge(kind, 1, Integer::sum);
        if (count <= MOST_PER_KIND) {
            problems.add(kind + ": " + detail);
        }
    }

    void require(boolean good, String kind, String detail) {
        if (!good) {
            problem(kind, detail);
        }
    }

    void measure(String what, Object value) {
        measures.put(what, value.toString());
    }

    Findings findings() {
        var all = new ArrayList<>(problems);
        counts.forEach((kind, count) -> {
            if (count > MOST_PER_KIND) {
                all.add("%s: %d more of this kind".formatted(kind, count - MOST_PER_KIND));
            }
        });
        return new Findings(List.copyOf(all), Map.copyOf(measures));
    }
}
