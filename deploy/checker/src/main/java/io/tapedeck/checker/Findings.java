package io.tapedeck.checker;

import java.util.List;
import java.util.Map;

/// What a check found.
///
/// @param problems one sentence each; empty when all is well
/// @param measures numbers for a report, by what they measure
public record Findings(List<String> problems, Map<String, String> measures) {

    public boolean clean() {
        return problems.isEmpty();
    }
}
