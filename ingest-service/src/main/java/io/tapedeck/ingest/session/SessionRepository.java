package io.tapedeck.ingest.session;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.tapedeck.chassis.access.OwnerKey;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table `session`.
@ApplicationScoped
public class SessionRepository implements PanacheRepositoryBase<SessionEntity, String> {

    private static final String OPEN = "state in ('recording', 'interrupted') and hiddenAt is null";

    /// Reads and locks a session until the end of the transaction.
    ///
    /// @throws ProblemException it does not exist
    public SessionEntity lock(String id) {
        SessionEntity session = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (session == null) {
            throw unknown(id);
        }
        return session;
    }

    /// Whether a request shows the session's upload token.
    ///
    /// @param authorization the request's header
    /// @throws ProblemException it does not
    public void requireToken(SessionEntity session, @Nullable String authorization) {
        String token = OwnerKey.bearer(authorization);
        if (token == null || !UploadToken.fits(token, session.uploadTokenSha256)) {
            throw new ProblemException(
                    IngestProblem.TOKEN_WRONG,
                    "Send 'Authorization: Bearer <uploadToken>' with the token that came with the"
                            + " session.");
        }
    }

    /// Reads a session without locking it.
    ///
    /// @throws ProblemException it does not exist
    public SessionEntity require(String id) {
        SessionEntity session = findById(id);
        if (session == null) {
            throw unknown(id);
        }
        return session;
    }

    /// Those that an upload fills do not count: they take no place from recorders.
    long countOpen() {
        return count(OPEN + " and held = false");
    }

    /// Open sessions without a chunk since `before` that are still said to be recording.
    List<String> quietSince(Instant before) {
        return quiet("state = 'recording'", before);
    }

    /// Open sessions without a chunk since `before` that nobody but silence will complete.
    List<String> leftSince(Instant before) {
        return quiet("state = 'interrupted' and held = false", before);
    }

    private List<String> quiet(String which, Instant before) {
        return find(
                        "select s.id from SessionEntity s where "
                                + OPEN
                                + " and activeAt <= ?1 and "
                                + which,
                        before)
                .project(String.class)
                .list();
    }

    /// Sessions deleted before that moment.
    List<String> hiddenBefore(Instant moment) {
        return find("select s.id from SessionEntity s where hiddenAt <= ?1", moment)
                .project(String.class)
                .list();
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                IngestProblem.SESSION_UNKNOWN,
                "No session has the id %s. Open one with POST /api/v1/sessions.".formatted(id));
    }
}
