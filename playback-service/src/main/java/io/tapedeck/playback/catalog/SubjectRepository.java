package io.tapedeck.playback.catalog;

import io.tapedeck.playback.task.ExportSubjects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/// [ExportSubjects] from the read model.
@ApplicationScoped
class SubjectRepository implements ExportSubjects {

    /// What the worker starts with; it may have announced nothing yet.
    private static final int FIRST_GENERATION = 1;

    private final FoldRepository rows;
    private final CatalogRepository catalog;

    SubjectRepository(FoldRepository rows, CatalogRepository catalog) {
        this.rows = rows;
        this.catalog = catalog;
    }

    /// In the caller's transaction. That nothing is found is believed only of one that may commit.
    @Override
    @Transactional
    public Optional<Subject> lock(String sessionId) {
        return rows.lockKnown(sessionId).filter(SessionStory::visible).map(this::subject);
    }

    private Subject subject(SessionStory story) {
        SessionState state = Outlook.of(story).state();
        int generation =
                catalog.shownRenditions(story).stream()
                        // Pictures as they came are not what files are made of.
                        .filter(rendition -> !rendition.copied())
                        .mapToInt(RenditionProgress::generation)
                        .findFirst()
                        .orElse(FIRST_GENERATION);
        return new Subject(state.open(), state == SessionState.FAILED, generation);
    }
}
