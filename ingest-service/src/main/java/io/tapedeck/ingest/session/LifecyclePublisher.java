package io.tapedeck.ingest.session;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.contract.SessionEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Changes what a session is, one transaction for each change.
@ApplicationScoped
public class LifecyclePublisher {

    private static final Duration SESSION_WAIT = Duration.ofSeconds(30);

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
    /// @throws ProblemException too many are open; the count is taken without a lock, so a few more
    ///   may slip through at once
    @Transactional
    public SessionEntity open(Opening opening) {
        int most = config.limits().openSessions();
        if (!opening.held() && sessions.countOpen() >= most) {
            throw new ProblemException(
                            IngestProblem.TOO_MANY_SESSIONS,
                            "%d sessions are open. Complete or delete one, or wait."
                                    .formatted(most))
                    .retryAfter(SESSION_WAIT);
        }
        SessionEntity session = opening.entity();
        Instant now = clock.instant();
        session.createdAt = now;
        session.write(new SessionState.Recording(now));
        // Told first: the sequence is then part of the insert.
        story.tell(
                session,
                (id, sequence, at) ->
                        new SessionEvent.Opened(
                                id,
                                sequence,
                                at,
                                session.title,
                                session.mimeType,
                                session.live,
                                opening.segmentSeconds(),
                                opening.historySeconds()));
        // At once: the same transaction may lock it, which takes a row.
        sessions.persistAndFlush(session);
        return session;
    }

    /// Completes a session that an upload fills, with all the chunks it has.
    ///
    /// @return how many
    /// @throws ProblemException it was deleted or completed meanwhile
    @Transactional
    public long finish(String id) {
        return finish(id, null);
    }

    /// The same, for a session of whose log files are to be made.
    @Transactional
    public long finish(String id, SessionEvent.@Nullable Files files) {
        SessionEntity session = sessions.lock(id);
        var decision =
                CompletionDecision.of(
                        session.read(), chunks.received(id), OptionalLong.empty(), false);
        if (decision instanceof CompletionDecision.Complete(long count, var missing)) {
            session.held = false;
            close(session, count, missing, files);
        }
        return CompletionAnswer.of(id, decision).chunks();
    }

    /// Completes a session with all the chunks it has; one without any is taken away. One that its
    /// owner has deleted waits for what becomes of it.
    @Transactional
    public void end(String id) {
        if (!staysShown(id) || finish(id) == 0) {
            abandon(id);
        }
    }

    /// Whether a session exists and is not deleted.
    @Transactional
    public boolean isShown(String id) {
        SessionEntity session = sessions.findById(id);
        return session != null && session.read() instanceof SessionState.Shown;
    }

    /// The same, and it stays so until the end of the transaction. To be asked before anything else
    /// of the session: what is loaded once is not read again under the lock.
    @Transactional
    public boolean staysShown(String id) {
        SessionEntity session = sessions.findById(id, LockModeType.PESSIMISTIC_WRITE);
        return session != null && session.read() instanceof SessionState.Shown;
    }

    /// Notes that bytes come for a session although they make no chunk yet.
    @Transactional
    public void heard(String id) {
        SessionEntity session = sessions.lock(id);
        if (session.read() instanceof SessionState.Open open) {
            session.write(open.chunkCame(clock.instant()));
            if (open instanceof SessionState.Interrupted) {
                story.tell(session, SessionEvent.Resumed::new);
            }
        }
    }

    /// Hides a session that its upload will not fill, if it is still there. Restored, it is one
    /// that silence completes.
    @Transactional
    public void abandon(String id) {
        SessionEntity session = sessions.findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (session != null) {
            session.held = false;
            hide(id);
        }
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
            close(session, complete.chunkCount(), complete.missing(), null);
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

    /// Shows a session again, if it is hidden. One of which only the newest was kept is complete
    /// then: what comes of its camera goes elsewhere, and what is left must not go by and by.
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
                yield Optional.of(show(session, hidden.restore(now)));
            }
        };
    }

    private SessionState.Shown show(SessionEntity session, SessionState.Shown before) {
        session.write(before);
        ReceivedIndexes received = chunks.received(session.id);
        if (session.historySeconds > 0 && received.nextIndex() > 0) {
            // Told first: nobody sees it open in between, and lets it slide.
            session.held = false;
            close(session, received);
        }
        story.tell(session, SessionEvent.Restored::new);
        return (SessionState.Shown) session.read();
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
                        session.held,
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
            case COMPLETE -> close(session, chunks.received(id));
        }
    }

    private void close(SessionEntity session, ReceivedIndexes received) {
        close(session, received.nextIndex(), received.missing(received.nextIndex()), null);
    }

    private void close(
            SessionEntity session,
            long chunkCount,
            List<IndexRange> missing,
            SessionEvent.@Nullable Files files) {
        if (session.read() instanceof SessionState.Open open) {
            session.write(open.complete(chunkCount));
            story.tell(
                    session,
                    (id, sequence, at) ->
                            new SessionEvent.Completed(
                                    id, sequence, at, chunkCount, missing, files));
        }
    }

    private boolean isOver(SessionState.Hidden hidden, Instant now) {
        return !now.isBefore(hidden.restorableUntil(config.deletion().undo()));
    }
}
