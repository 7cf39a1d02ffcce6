package io.tapedeck.ingest.session;

import io.tapedeck.chassis.outbox.Outbox;
import io.tapedeck.ingest.contract.IngestTopics;
import io.tapedeck.ingest.contract.SessionEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Tells a session's story: numbers each event under the lock of the session's row and leaves it in
/// the transaction that made it true.
@ApplicationScoped
public class SessionPublisher {

    private final Outbox outbox;
    private final Clock clock;

    SessionPublisher(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Makes an event of its place in the story.
    public interface Telling {
        SessionEvent at(String sessionId, long sequence, Instant at);
    }

    /// Adds one event to the story of a session that this transaction has locked.
    public void tell(SessionEntity session, Telling telling) {
        session.lastSequence++;
        SessionEvent event = telling.at(session.id, session.lastSequence, clock.instant());
        outbox.append(IngestTopics.SESSIONS, session.id, event);
    }

    /// The same for many, in order and at once.
    public void tellAll(SessionEntity session, List<? extends Telling> tellings) {
        Instant now = clock.instant();
        var events = new ArrayList<SessionEvent>(tellings.size());
        for (Telling telling : tellings) {
            session.lastSequence++;
            events.add(telling.at(session.id, session.lastSequence, now));
        }
        outbox.appendAll(IngestTopics.SESSIONS, session.id, events);
    }
}
