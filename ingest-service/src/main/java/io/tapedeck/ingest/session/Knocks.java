package io.tapedeck.ingest.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// When the client of a session last showed its token, whatever came of it. A client that is told
/// to come again, because the store is away, is still there.
///
/// Kept in this process only: beside others, each knows those that came to it. Thread-safe.
public final class Knocks {

    private final int mostSessions;
    private final Map<String, Instant> latest = new LinkedHashMap<>();

    /// @param mostSessions above it, the session that was quiet the longest is forgotten
    Knocks(int mostSessions) {
        this.mostSessions = mostSessions;
    }

    /// Notes a knock.
    public synchronized void heard(String sessionId, Instant now) {
        // Removed first, so that the order is the order of the latest knocks.
        latest.remove(sessionId);
        latest.put(sessionId, now);
        if (latest.size() > mostSessions) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    /// Empty when none is known.
    synchronized Optional<Instant> latest(String sessionId) {
        return Optional.ofNullable(latest.get(sessionId));
    }
}
