package io.tapedeck.ingest;

import io.tapedeck.chassis.topics.NeededTopics;
import io.tapedeck.ingest.contract.IngestTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.List;

/// Names the topics that this service writes.
@ApplicationScoped
class IngestTopicsProducer {

    @Produces
    NeededTopics topics() {
        return new NeededTopics(List.of(IngestTopics.SESSIONS), List.of());
    }
}
