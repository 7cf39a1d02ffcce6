package io.tapedeck.playback.catalog;

import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.playback.preview.PreviewRepository;
import io.tapedeck.playback.report.ReportRepository;
import io.tapedeck.playback.task.TaskRepository;
import io.tapedeck.transcode.contract.TranscodeEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [CatalogRows] in PostgreSQL. The row of `session` is the lock for everything of that session.
@ApplicationScoped
class FoldRepository implements CatalogRows {

    private final EntityManager entities;
    private final TaskRepository tasks;
    private final ReportRepository reports;
    private final PreviewRepository previews;

    FoldRepository(
            EntityManager entities,
            TaskRepository tasks,
            ReportRepository reports,
            PreviewRepository previews) {
        this.entities = entities;
        this.tasks = tasks;
        this.reports = reports;
        this.previews = previews;
    }

    @Override
    public SessionStory lock(String sessionId) {
        SessionEntity row = locked(sessionId);
        if (row == null) {
            entities.createNativeQuery(
                            "insert into session (id) values (?1) on conflict do nothing")
                    .setParameter(1, sessionId)
                    .executeUpdate();
            row = Objects.requireNonNull(locked(sessionId));
        }
        return row.story();
    }

    @Override
    public void keep(SessionStory story) {
        entities.find(SessionEntity.class, story.id()).keep(story);
    }

    @Override
    public boolean addChunk(SessionEvent.ChunkStored chunk) {
        var key = new ChunkEntity.Key(chunk.sessionId(), chunk.index());
        if (entities.find(ChunkEntity.class, key) != null) {
            return false;
        }
        var row = new ChunkEntity();
        row.key = key;
        row.run = chunk.run();
        row.objectKey = chunk.objectKey();
        row.sizeBytes = chunk.sizeBytes();
        entities.persist(row);
        return true;
    }

    @Override
    public SessionStory.ChunkLog forgetChunks(String sessionId, long belowIndex) {
        entities.flush();
        var gone =
                (Object[])
                        entities.createNativeQuery(
                                        """
                                        with gone as (delete from chunk
                                            where session_id = ?1 and chunk_index < ?2
                                                and chunk_index is distinct from (
                                                    select min(c.chunk_index) from chunk c
                                                    where c.session_id = ?1 and c.run = (
                                                        select run from chunk
                                                        where session_id = ?1 and chunk_index >= ?2
                                                        order by chunk_index limit 1))
                                            returning size_bytes)
                                        select count(*), coalesce(sum(size_bytes), 0)::bigint
                                        from gone
                                        """,
                                        Object[].class)
                                .setParameter(1, sessionId)
                                .setParameter(2, belowIndex)
                                .getSingleResult();
        entities.clear();
        return new SessionStory.ChunkLog((long) gone[0], (long) gone[1]);
    }

    @Override
    public boolean addOutcome(
            String sessionId, String rendition, int generation, WindowOutcome outcome) {
        var key = new SegmentEntity.Key(sessionId, rendition, generation, outcome.window());
        if (entities.find(SegmentEntity.class, key) != null) {
            return false;
        }
        entities.persist(SegmentEntity.of(key, outcome));
        return true;
    }

    @Override
    public List<WindowOutcome> outcomes(
            String sessionId, String rendition, int generation, long from) {
        return entities.createQuery(
                        """
                        select s from SegmentEntity s
                        where s.key.sessionId = ?1 and s.key.rendition = ?2
                          and s.key.generation = ?3 and s.key.window >= ?4
                        order by s.key.window
                        """,
                        SegmentEntity.class)
                .setParameter(1, sessionId)
                .setParameter(2, rendition)
                .setParameter(3, generation)
                .setParameter(4, from)
                .getResultStream()
                .map(SegmentEntity::outcome)
                .toList();
    }

    @Override
    public long segments(String sessionId, String rendition, int generation, long from, long to) {
        return entities.createQuery(
                        """
                        select count(s) from SegmentEntity s
                        where s.key.sessionId = ?1 and s.key.rendition = ?2
                          and s.key.generation = ?3 and s.key.window >= ?4 and s.key.window < ?5
                          and s.digest is not null
                        """,
                        Long.class)
                .setParameter(1, sessionId)
                .setParameter(2, rendition)
                .setParameter(3, generation)
                .setParameter(4, from)
                .setParameter(5, to)
                .getSingleResult();
    }

    @Override
    public void forgetOutcomes(String sessionId, String cut, long belowWindow) {
        for (RenditionProgress rendition : renditions(sessionId)) {
            if (rendition.cut().equals(cut)) {
                entities.createQuery(
                                """
                                delete from SegmentEntity s
                                where s.key.sessionId = ?1 and s.key.rendition = ?2
                                  and s.key.generation = ?3 and s.key.window < ?4
                                """)
                        .setParameter(1, sessionId)
                        .setParameter(2, rendition.name())
                        .setParameter(3, rendition.generation())
                        .setParameter(4, belowWindow)
                        .executeUpdate();
            }
        }
    }

    @Override
    public boolean addPlanned(TranscodeEvent.WindowsPlanned part) {
        var key =
                new PlannedPartEntity.Key(
                        part.sessionId(), part.plan(), part.cut(), part.firstWindow());
        if (entities.find(PlannedPartEntity.class, key) != null) {
            return false;
        }
        entities.persist(PlannedPartEntity.of(key, part));
        return true;
    }

    @Override
    public Foreseen foreseen(String sessionId, int plan, String cut) {
        long windows = 0;
        long ticks = 0;
        for (Object[] part : parts(sessionId, plan, cut)) {
            if ((long) part[0] != windows) {
                break;
            }
            windows += (int) part[1];
            ticks += (long) part[2];
        }
        return new Foreseen(windows, ticks);
    }

    private List<Object[]> parts(String sessionId, int plan, String cut) {
        return entities.createQuery(
                        """
                        select p.key.firstWindow, p.windowCount, p.durationTicks
                        from PlannedPartEntity p
                        where p.key.sessionId = ?1 and p.key.plan = ?2 and p.key.cut = ?3
                        order by p.key.firstWindow
                        """,
                        Object[].class)
                .setParameter(1, sessionId)
                .setParameter(2, plan)
                .setParameter(3, cut)
                .getResultList();
    }

    @Override
    public List<RenditionProgress> renditions(String sessionId) {
        return entities.createQuery(
                        "select r from RenditionEntity r where r.key.sessionId = ?1",
                        RenditionEntity.class)
                .setParameter(1, sessionId)
                .getResultStream()
                .map(RenditionEntity::progress)
                .toList();
    }

    @Override
    public void keep(String sessionId, RenditionProgress rendition) {
        var key = new RenditionEntity.Key(sessionId, rendition.name(), rendition.generation());
        RenditionEntity row = entities.find(RenditionEntity.class, key);
        if (row == null) {
            row = new RenditionEntity();
            row.key = key;
            row.keep(rendition);
            entities.persist(row);
        } else {
            row.keep(rendition);
        }
    }

    @Override
    public void takeTask(TranscodeEvent.TaskChanged task) {
        tasks.take(task);
    }

    @Override
    public void takeReport(TranscodeEvent.Checked report) {
        reports.take(report);
    }

    @Override
    public void takePreview(TranscodeEvent.Previewed preview) {
        previews.take(preview);
    }

    @Override
    public void erase(String sessionId) {
        List.of(
                        "delete from ChunkEntity c where c.key.sessionId = ?1",
                        "delete from SegmentEntity s where s.key.sessionId = ?1",
                        "delete from PlannedPartEntity p where p.key.sessionId = ?1",
                        "delete from RenditionEntity r where r.key.sessionId = ?1")
                .forEach(delete ->
                        entities.createQuery(delete).setParameter(1, sessionId).executeUpdate());
        tasks.erase(sessionId);
        reports.erase(sessionId);
        previews.erase(sessionId);
    }

    /// Like [#lock], but leaves what was never heard of alone.
    Optional<SessionStory> lockKnown(String sessionId) {
        return Optional.ofNullable(locked(sessionId)).map(SessionEntity::story);
    }

    private @Nullable SessionEntity locked(String sessionId) {
        return entities.find(SessionEntity.class, sessionId, LockModeType.PESSIMISTIC_WRITE);
    }
}
