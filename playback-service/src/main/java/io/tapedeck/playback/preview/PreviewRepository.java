package io.tapedeck.playback.preview;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.tapedeck.transcode.contract.TranscodeEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rows of previews. Whoever writes them holds the lock on their session's row.
@ApplicationScoped
public class PreviewRepository implements PanacheRepositoryBase<PreviewEntity, String> {

    /// Takes what the worker made, unless it made others before this came.
    public void take(TranscodeEvent.Previewed event) {
        PreviewEntity row = findById(event.sessionId());
        if (row == null) {
            persist(new PreviewEntity().keep(event));
        } else if (row.sequence < event.sequence()) {
            row.keep(event);
        }
    }

    /// Removes what is kept of a session.
    public void erase(String sessionId) {
        deleteById(sessionId);
    }

    public Optional<Preview> preview(String sessionId) {
        return findByIdOptional(sessionId).map(PreviewEntity::preview);
    }

    /// By session.
    public Map<String, Preview> ofSessions(Collection<String> sessionIds) {
        return stream("sessionId in ?1", sessionIds)
                .map(PreviewEntity::preview)
                .collect(Collectors.toMap(Preview::sessionId, preview -> preview));
    }
}
