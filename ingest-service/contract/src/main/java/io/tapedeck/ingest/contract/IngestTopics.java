package io.tapedeck.ingest.contract;

/// Kafka topics that ingest-service owns.
public final class IngestTopics {

    /// Every [SessionEvent], keyed by session id, so that one session's story stays in order.
    public static final String SESSIONS = "ingest.sessions.v1";

    private IngestTopics() {}
}
