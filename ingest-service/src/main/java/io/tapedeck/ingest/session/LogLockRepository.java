package io.tapedeck.ingest.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

/// Who needs what a log consists of, and who takes from it, each until the end of the transaction.
/// To save a part takes a while, in which chunks must go on coming: so this is not the lock of the
/// session's row, which they need. To be asked before anything is read.
@ApplicationScoped
public class LogLockRepository {

    /// Numbers of locks are 64 bits: two logs with the same one wait for each other.
    private static final String OF_LOG =
            "(hashtextextended(current_schema() || '.chunk.' || ?1, 0))";

    private final EntityManager entities;

    LogLockRepository(EntityManager entities) {
        this.entities = entities;
    }

    /// Nothing of a log goes, as long as somebody keeps it. Several may.
    public void keep(String sessionId) {
        ask("select cast(pg_advisory_xact_lock_shared" + OF_LOG + " as text)", sessionId);
    }

    /// Waits until nobody keeps a log any more.
    public void take(String sessionId) {
        ask("select cast(pg_advisory_xact_lock" + OF_LOG + " as text)", sessionId);
    }

    /// The same, but does not wait.
    ///
    /// @return false when somebody keeps it
    public boolean tryTake(String sessionId) {
        return ask("select cast(pg_try_advisory_xact_lock" + OF_LOG + " as text)", sessionId)
                .equals("true");
    }

    private Object ask(String query, String sessionId) {
        return entities.createNativeQuery(query, String.class)
                .setParameter(1, sessionId)
                .getSingleResult();
    }
}
