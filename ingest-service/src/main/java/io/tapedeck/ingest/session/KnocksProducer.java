package io.tapedeck.ingest.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// One memory of knocks for the whole process.
@ApplicationScoped
class KnocksProducer {

    /// Far more than sessions are open at a time; about 1 MB.
    private static final int MOST_SESSIONS = 10_000;

    @Produces
    @Singleton
    Knocks knocks() {
        return new Knocks(MOST_SESSIONS);
    }
}
