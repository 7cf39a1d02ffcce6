package io.tapedeck.transcode.story;

import io.tapedeck.chassis.outbox.Outbox;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.contract.TranscodeTopics;
import io.tapedeck.transcode.database.JdbcSession;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Leaves events and jobs in the outbox of the running transaction.
@ApplicationScoped
public class StoryPublisher {

    private final Outbox outbox;
    private final Clock clock;

    StoryPublisher(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Numbers events and tells them. Locks the session's plan row, if nobody did before.
    public void tell(JdbcSession rows, String sessionId, List<EventDraft> events)
            throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        long last =
                rows.find(
                                row -> row.number("event_sequence"),
                                """
                                update session_plan set event_sequence = event_sequence + ?
                                where session_id = ? returning event_sequence
                                """,
                                events.size(),
                                sessionId)
                        .orElseThrow(
                                () -> new IllegalStateException("no session plan: " + sessionId));
        tell(sessionId, last - events.size() + 1, events);
    }

    /// Tells events under numbers that the caller has taken from the plan row.
    ///
    /// @param firstSequence number of the first one
    public void tell(String sessionId, long firstSequence, List<EventDraft> events) {
        Instant now = clock.instant();
        long sequence = firstSequence;
        for (EventDraft event : events) {
            outbox.append(TranscodeTopics.SEGMENTS, sessionId, event.told(sequence++, now));
        }
    }

    public void enqueue(Queue queue, TranscodeJob job) {
        outbox.append(queue.topic(), job.sessionId(), job);
    }
}
