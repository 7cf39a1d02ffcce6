package io.tapedeck.chassis.topics;

import java.util.List;

/// The topics that a service writes or reads. Each service produces one such bean; the owner of a
/// topic and its readers may both name it.
///
/// @param stories ordered by key, read by consumer groups; partitions as configured
/// @param queues read by share groups. One partition: with several, each member would be given
///   partitions of its own and a burst would wait for one of them
public record NeededTopics(List<String> stories, List<String> queues) {
    public NeededTopics {
        stories = List.copyOf(stories);
        queues = List.copyOf(queues);
    }
}
