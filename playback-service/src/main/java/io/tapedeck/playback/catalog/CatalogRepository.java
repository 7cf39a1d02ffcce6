package io.tapedeck.playback.catalog;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.tapedeck.playback.Cursor;
import io.tapedeck.playback.preview.Preview;
import io.tapedeck.playback.preview.PreviewRepository;
import io.tapedeck.playback.task.Task;
import io.tapedeck.playback.task.TaskRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the read model. Whatever is not visible is not there.
@ApplicationScoped
public class CatalogRepository implements PanacheRepositoryBase<SessionEntity, String> {

    private static final String VISIBLE = "visibility = 'VISIBLE' and createdAt is not null";

    private final EntityManager entities;
    private final TaskRepository tasks;
    private final PreviewRepository previews;

    CatalogRepository(EntityManager entities, TaskRepository tasks, PreviewRepository previews) {
        this.entities = entities;
        this.tasks = tasks;
        this.previews = previews;
    }

    /// A visible session.
    public Optional<SessionStory> session(String id) {
        return findByIdOptional(id).map(SessionEntity::story).filter(SessionStory::visible);
    }

    /// Its renditions, as the playlists show them.
    public List<RenditionProgress> shownRenditions(SessionStory story) {
        return Listings.shown(renditions(story));
    }

    /// All its renditions, each of their generations.
    public List<RenditionProgress> renditions(SessionStory story) {
        return renditions(List.of(story.id())).getOrDefault(story.id(), List.of());
    }

    /// What a rendition lists, ascending.
    ///
    /// @param from the first window that is wanted
    public List<WindowOutcome> listed(String sessionId, RenditionProgress rendition, long from) {
        return entities.createQuery(
                        """
                        select s from SegmentEntity s
                        where s.key.sessionId = ?1 and s.key.rendition = ?2
                          and s.key.generation = ?3 and s.key.window >= ?4 and s.key.window < ?5
                        order by s.key.window
                        """,
                        SegmentEntity.class)
                .setParameter(1, sessionId)
                .setParameter(2, rendition.name())
                .setParameter(3, rendition.generation())
                .setParameter(4, from)
                .setParameter(5, rendition.listedWindows())
                .getResultStream()
                .map(SegmentEntity::outcome)
                .toList();
    }

    /// A segment of a visible session, of whatever generation.
    public Optional<WindowOutcome.Segment> segment(
            String sessionId, String rendition, long window, String digest) {
        return entities.createQuery(
                        """
                        select s from SegmentEntity s, SessionEntity e
                        where s.key.sessionId = ?1 and s.key.rendition = ?2
                          and s.key.window = ?3 and s.digest = ?4
                          and e.id = s.key.sessionId and e.visibility = VISIBLE
                          and e.createdAt is not null
                        order by s.key.generation
                        """,
                        SegmentEntity.class)
                .setParameter(1, sessionId)
                .setParameter(2, rendition)
                .setParameter(3, window)
                .setParameter(4, digest)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(SegmentEntity::segment);
    }

    /// What became of a window of a visible session; empty while nothing did.
    public Optional<WindowOutcome> outcome(SegmentKey key) {
        return entities.createQuery(
                        """
                        select s from SegmentEntity s, SessionEntity e
                        where s.key = ?1
                          and e.id = s.key.sessionId and e.visibility = VISIBLE
                          and e.createdAt is not null
                        """,
                        SegmentEntity.class)
                .setParameter(1, row(key))
                .getResultStream()
                .findFirst()
                .map(SegmentEntity::outcome);
    }

    /// Those of some windows of which something became.
    public Set<SegmentKey> settled(Collection<SegmentKey> keys) {
        return entities.createQuery(
                        "select s.key from SegmentEntity s where s.key in ?1",
                        SegmentEntity.Key.class)
                .setParameter(1, keys.stream().map(CatalogRepository::row).toList())
                .getResultStream()
                .map(key ->
                        new SegmentKey(
                                key.sessionId(), key.rendition(), key.generation(), key.window()))
                .collect(Collectors.toSet());
    }

    private static SegmentEntity.Key row(SegmentKey key) {
        return new SegmentEntity.Key(
                key.sessionId(), key.rendition(), key.generation(), key.window());
    }

    /// Windows of a rendition that were given up.
    public Set<Long> gaps(String sessionId, RenditionProgress rendition) {
        return entities.createQuery(
                        """
                        select s.key.window from SegmentEntity s
                        where s.key.sessionId = ?1 and s.key.rendition = ?2
                          and s.key.generation = ?3 and s.gapReason is not null
                        """,
                        Long.class)
                .setParameter(1, sessionId)
                .setParameter(2, rendition.name())
                .setParameter(3, rendition.generation())
                .getResultStream()
                .collect(Collectors.toSet());
    }

    /// What a rendition lists ahead, ascending from window 0.
    public List<PlannedWindow> foreseen(String sessionId, RenditionProgress rendition) {
        return entities.createQuery(
                        """
                        select p from PlannedPartEntity p
                        where p.key.sessionId = ?1 and p.key.plan = ?2 and p.key.cut = ?3
                          and p.key.firstWindow < ?4
                        order by p.key.firstWindow
                        """,
                        PlannedPartEntity.class)
                .setParameter(1, sessionId)
                .setParameter(2, Objects.requireNonNull(rendition.announcement()).plan())
                .setParameter(3, rendition.cut())
                .setParameter(4, rendition.foreseen().windows())
                .getResultStream()
                .flatMap(part -> part.windows().stream())
                .toList();
    }

    /// The chunks of one run, ascending.
    public List<StoredChunk> chunks(String sessionId, int run) {
        return entities.createQuery(
                        """
                        select c from ChunkEntity c
                        where c.key.sessionId = ?1 and c.run = ?2
                        order by c.key.index
                        """,
                        ChunkEntity.class)
                .setParameter(1, sessionId)
                .setParameter(2, run)
                .getResultStream()
                .map(ChunkEntity::stored)
                .toList();
    }

    /// Everything that is shown of some sessions, in the same order.
    List<SessionSheet> sheets(List<SessionStory> stories) {
        List<String> ids = stories.stream().map(SessionStory::id).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, List<RenditionProgress>> renditions = renditions(ids);
        Map<String, List<MissingWindow>> missing = missing(ids);
        Map<String, List<Task>> made = tasks.ofSessions(ids);
        Map<String, Preview> shown = previews.ofSessions(ids);
        return stories.stream()
                .map(story ->
                        new SessionSheet(
                                story,
                                renditions.getOrDefault(story.id(), List.of()),
                                missing.getOrDefault(story.id(), List.of()),
                                made.getOrDefault(story.id(), List.of()),
                                shown.get(story.id())))
                .toList();
    }

    /// Visible sessions, newest first.
    ///
    /// @param words looked for in the title, whatever their case
    List<SessionStory> page(
            @Nullable SessionState state,
            @Nullable String words,
            @Nullable Cursor after,
            int limit) {
        var query = new StringBuilder(VISIBLE);
        var values = new Parameters();
        if (state != null) {
            query.append(" and state = :state");
            values.and("state", state.word());
        }
        if (words != null && !words.isBlank()) {
            query.append(" and title ilike :words escape '!'");
            values.and("words", "%" + words.strip().replaceAll("([%_!])", "!$1") + "%");
        }
        if (after != null) {
            query.append(" and (createdAt < :at or (createdAt = :at and id < :id))");
            values.and("at", after.at()).and("id", after.id());
        }
        return find(query + " order by createdAt desc, id desc", values).page(0, limit).stream()
                .map(SessionEntity::story)
                .toList();
    }

    private Map<String, List<RenditionProgress>> renditions(Collection<String> sessionIds) {
        return entities.createQuery(
                        "select r from RenditionEntity r where r.key.sessionId in ?1",
                        RenditionEntity.class)
                .setParameter(1, sessionIds)
                .getResultStream()
                .collect(
                        Collectors.groupingBy(
                                row -> row.key.sessionId(),
                                Collectors.mapping(
                                        RenditionEntity::progress, Collectors.toList())));
    }

    private Map<String, List<MissingWindow>> missing(Collection<String> sessionIds) {
        return entities.createQuery(
                        """
                        select s from SegmentEntity s
                        where s.key.sessionId in ?1 and s.gapReason is not null
                        """,
                        SegmentEntity.class)
                .setParameter(1, sessionIds)
                .getResultStream()
                .collect(
                        Collectors.groupingBy(
                                row -> row.key.sessionId(),
                                Collectors.mapping(SegmentEntity::missing, Collectors.toList())));
    }
}
