package io.tapedeck.ingest.history;

import io.tapedeck.ingest.chunk.ChunkEntity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The chunk log by age. Called inside the caller's transaction, which keeps the log or takes it.
@ApplicationScoped
class HistoryRepository {

    private static final String SLIDING =
            """
            select id from session
            where history_seconds > 0 and state in ('recording', 'interrupted')
                and hidden_at is null
            """;

    /// The first one that is young, or else the last one; and at most so many behind the first.
    private static final String CUT =
            """
            select least(
                coalesce(
                    (select index from chunk where session_id = ?1 and stored_at >= ?2
                        order by index limit 1),
                    (select max(index) from chunk where session_id = ?1)),
                (select index from chunk where session_id = ?1 order by index offset ?3 limit 1))
            """;

    private static final String FORGET =
            """
            delete from chunk
            where session_id = ?1 and index < ?2 and index <> (
                select min(index) from chunk where session_id = ?1 and run = (
                    select run from chunk where session_id = ?1 and index = ?2))
            returning object_key, size_bytes
            """;

    private final EntityManager entities;

    HistoryRepository(EntityManager entities) {
        this.entities = entities;
    }

    /// Open sessions of which not everything is kept. Needs no lock.
    List<String> sliding() {
        return entities.createNativeQuery(SLIDING, String.class).getResultList();
    }

    /// Chunks before this one may go.
    ///
    /// @param before when the youngest of them was stored, at most
    /// @param most that go at once
    Optional<Long> cut(String sessionId, Instant before, int most) {
        Object index =
                entities.createNativeQuery(CUT, Long.class)
                        .setParameter(1, sessionId)
                        .setParameter(2, before)
                        .setParameter(3, most)
                        .getSingleResultOrNull();
        return Optional.ofNullable((Long) index);
    }

    /// A chunk that is gone.
    record Gone(String objectKey, long sizeBytes) {}

    /// Deletes the chunks before that one, but for the first of its run.
    List<Gone> forget(String sessionId, long below) {
        List<Object[]> gone =
                entities.createNativeQuery(FORGET, Object[].class)
                        .setParameter(1, sessionId)
                        .setParameter(2, below)
                        .getResultList();
        return gone.stream().map(row -> new Gone((String) row[0], (Long) row[1])).toList();
    }

    /// Chunks that were stored in that time, in order.
    List<ChunkEntity> stored(String sessionId, Instant from, Instant to, int most) {
        return entities.createQuery(
                        """
                        select c from ChunkEntity c where c.sessionId = ?1 and c.sizeBytes > 0
                            and c.storedAt >= ?2 and c.storedAt <= ?3
                        order by c.number
                        """,
                        ChunkEntity.class)
                .setParameter(1, sessionId)
                .setParameter(2, from)
                .setParameter(3, to)
                .setMaxResults(most)
                .getResultList();
    }

    /// The first chunk of each of these runs.
    List<ChunkEntity> firsts(String sessionId, List<Integer> runs) {
        return entities.createQuery(
                        """
                        select c from ChunkEntity c where c.sessionId = ?1
                            and c.number in (select min(o.number) from ChunkEntity o
                                where o.sessionId = ?1 and o.run in ?2 group by o.run)
                        """,
                        ChunkEntity.class)
                .setParameter(1, sessionId)
                .setParameter(2, runs)
                .getResultList();
    }
}
