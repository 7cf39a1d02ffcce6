package io.tapedeck.ingest.session;

import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.contract.SessionEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Changes what a session is, one transaction for each change.
@ApplicationScoped
class LifecyclePublisher {

    private final SessionRepository sessions;
    private final ChunkLog chunks;
    private final SessionPublisher story;
    private final Knocks knocks;
    private final IngestConfig config;
    private final Clock clock;

    LifecyclePublisher(
            SessionRepository sessions,
            ChunkLog chunks,
            SessionPublisher story,
            Knocks knocks,
            IngestConfig config,
            Clock clock) {
        this.sessions = sessions;
        this.chunks = chunks;
        this.story = story;
        this.knocks = knocks;
        this.config = config;
        this.clock = clock;
    }

    /// Inserts a new session.
    ///
    /// @return false when too many are open; the count is taken without a lock, so a few more may
    ///   slip through at once
    @Transactional
    boolean open(SessionEntity session) {
        if (sessions.countOpen() >= config.limits().openSessions()) {
            return false;
        }
        Instant now = clock.instant();
        session.createdAt = now;
        session.write(new SessionState.Recording(now));
        // Told first: the sequence is then part of the insert.
        story.tell(
                session,
                (id, sequence, at) ->
                        new SessionEvent.Opened(
                                id, sequence, at, session.title, session.mimeType, session.live));
        sessions.persist(session);
        return true;
    }

    /// @param authorization must show the upload token
    @Transactional
    CompletionDecision complete(
            String id, String authorization, OptionalLong declared, boolean allowGaps) {
        SessionEntity session = sessions.lock(id);
        sessions.requireToken(session, authorization);
        var decision =
                CompletionDecision.of(session.read(), chunks.received(id), declared, allowGaps);
        if (decision instanceof CompletionDecision.Complete complete) {
            close(session, complete.chunkCount(), complete.missing());
        }
        return decision;
    }

    /// Hides a session, if it is not hidden already.
    @Transactional
    SessionState.Hidden hide(String id) {
        SessionEntity session = sessions.lock(id);
        return switch (session.read()) {
            case SessionState.Hidden hidden -> hidden;
            case SessionState.Shown shown -> {
                SessionState.Hidden hidden = shown.hide(clock.instant());
                session.write(hidden);
                story.tell(session, SessionEvent.Hidden::new);
                yield hidden;
            }
        };
    }

    /// Shows a session again, if it is hidden.
    ///
    /// @return empty when the time for that is over
    @Transactional
    Optional<SessionState.Shown> restore(String id) {
        SessionEntity session = sessions.lock(id);
        return switch (session.read()) {
            case SessionState.Shown shown -> Optional.of(shown);
            case SessionState.Hidden hidden -> {
                Instant now = clock.instant();
                if (isOver(hidden, now)) {
                    yield Optional.empty();
                }
                SessionState.Shown shown = hidden.restore(now);
                session.write(shown);
                story.tell(session, SessionEvent.Restored::new);
                yield Optional.of(shown);
            }
        };
    }

    /// Removes the rows of a session that was hidden long enough, if it still is.
    @Transactional
    void remove(String id) {
        SessionEntity session = sessions.findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (session == null
                || !(session.read() instanceof SessionState.Hidden hidden)
                || !isOver(hidden, clock.instant())) {
            return;
        }
        story.tell(session, SessionEvent.Removed::new);
        chunks.forget(id);
        sessions.delete(session);
    }

    /// Looks at one open session's silence.
    @Transactional
    void listen(String id, Listening.Moment moment) {
        SessionEntity session = sessions.findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (session == null || !(session.read() instanceof SessionState.Open state)) {
            return;
        }
        var silence = config.silence();
        var decision =
                SilenceDecision.of(
                        state,
                        moment,
                        knocks.latest(id),
                        silence.interruptedAfter(),
                        silence.completedAfter());
        switch (decision) {
            case NOTHING -> {}
            case INTERRUPT -> {
                session.write(new SessionState.Interrupted(state.activeAt()));
                story.tell(session, SessionEvent.Interrupted::new);
            }
            case COMPLETE -> {
                ReceivedIndexes received = chunks.received(id);
                close(session, received.nextIndex(), received.missing(received.nextIndex()));
            }
        }
    }

    private void close(SessionEntity session, long chunkCount, List<IndexRange> missing) {
        if (session.read() instanceof SessionState.Open open) {
            session.write(open.complete(chunkCount));
            story.tell(
                    session,
                    (id, sequence, at) ->
                            new SessionEvent.Completed(id, sequence, at, chunkCount, missing));
        }
    }

    private boolean isOver(SessionState.Hidden hidden, Instant now) {
        return !now.isBefore(hidden.restorableUntil(config.deletion().undo()));
    }
}
