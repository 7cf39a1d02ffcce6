package io.tapedeck.playback.report;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.tapedeck.transcode.contract.TranscodeEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/// Rows of reports. Whoever writes them holds the lock on their session's row.
@ApplicationScoped
public class ReportRepository implements PanacheRepositoryBase<ReportEntity, String> {

    private final EntityManager entities;

    ReportRepository(EntityManager entities) {
        this.entities = entities;
    }

    /// Takes what the worker found, unless it looked again before.
    public void take(TranscodeEvent.Checked event) {
        ReportEntity row = findById(event.sessionId());
        if (row == null) {
            persist(new ReportEntity().keep(event));
        } else if (row.sequence < event.sequence()) {
            row.keep(event);
        }
    }

    /// Removes what is kept of a session.
    public void erase(String sessionId) {
        deleteById(sessionId);
    }

    Optional<ReportView> report(String sessionId) {
        return findByIdOptional(sessionId).map(ReportView::of);
    }

    boolean isVisible(String sessionId) {
        return !entities.createQuery(
                        """
                        select e.id from SessionEntity e
                        where e.id = ?1 and e.visibility = VISIBLE and e.createdAt is not null
                        """,
                        String.class)
                .setParameter(1, sessionId)
                .getResultList()
                .isEmpty();
    }
}
