package io.tapedeck.ingest.chunk;

import static java.util.stream.Collectors.toSet;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.ChunkKeys;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.session.ChunkLog;
import io.tapedeck.ingest.session.ReceivedIndexes;
import io.tapedeck.ingest.session.SessionEntity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The table `chunk` and the objects that its rows select.
@ApplicationScoped
class ChunkRepository implements PanacheRepositoryBase<ChunkEntity, ChunkEntity.Key>, ChunkLog {

    private static final int DELETE_BATCH = 500;

    /// A chunk, if it is there, and its neighbours in one round trip: each chunk asks this twice.
    private static final String AROUND =
            """
            select (select run from chunk where session_id = ?1 and index < ?2
                    order by index desc limit 1) as before,
                   (select run from chunk where session_id = ?1 and index > ?2
                    order by index limit 1) as after,
                   chunk.run, chunk.size_bytes, chunk.sha256
            from (select 1) as one
            left join chunk on chunk.session_id = ?1 and chunk.index = ?2
            """;

    /// Consecutive indexes have the same distance to their row number.
    private static final String RANGES =
            """
            select min(index), max(index)
            from (select index, index - row_number() over (order by index) as island
                  from chunk where session_id = ?1) as numbered
            group by island order by min(index)
            """;

    private final ObjectStore objects;

    ChunkRepository(ObjectStore objects) {
        this.objects = objects;
    }

    /// What the log says around an index.
    ChunkDecision.Place place(SessionEntity session, long index) {
        var row =
                (@Nullable Object[])
                        getEntityManager()
                                .createNativeQuery(AROUND, Object[].class)
                                .setParameter(1, session.id)
                                .setParameter(2, index)
                                .getSingleResult();
        return new ChunkDecision.Place(
                existing(index, row[2], row[3], row[4]),
                row[0] instanceof Integer before ? before : 0,
                row[1] instanceof Integer after ? after : Integer.MAX_VALUE,
                session.sizeBytes);
    }

    private static @Nullable ChunkOffer existing(
            long index, @Nullable Object run, @Nullable Object size, @Nullable Object digest) {
        return run instanceof Integer number
                        && size instanceof Long sizeBytes
                        && digest instanceof byte[] sha256
                ? new ChunkOffer(index, number, sizeBytes, HexFormat.of().formatHex(sha256))
                : null;
    }

    @Override
    public ReceivedIndexes received(String sessionId) {
        List<Object[]> ranges =
                getEntityManager()
                        .createNativeQuery(RANGES, Object[].class)
                        .setParameter(1, sessionId)
                        .getResultList();
        return new ReceivedIndexes(
                ranges.stream()
                        .map(range -> new IndexRange((Long) range[0], (Long) range[1]))
                        .toList());
    }

    @Override
    public void forget(String sessionId) {
        delete("sessionId", sessionId);
    }

    /// Of these object keys, those that no row selects although their session has a row.
    @Transactional
    Set<String> unselected(Collection<String> keys) {
        Set<String> sessions = keys.stream().map(ChunkKeys::sessionOf).collect(toSet());
        var known =
                new HashSet<>(names("select s.id from SessionEntity s where s.id in ?1", sessions));
        var selected =
                new HashSet<>(
                        names(
                                "select c.objectKey from ChunkEntity c where c.objectKey in ?1",
                                keys));
        return keys.stream()
                .filter(key -> known.contains(ChunkKeys.sessionOf(key)) && !selected.contains(key))
                .collect(toSet());
    }

    private List<String> names(String query, Collection<String> among) {
        return getEntityManager()
                .createQuery(query, String.class)
                .setParameter(1, among)
                .getResultList();
    }

    @Override
    public void deleteObjects(String sessionId) {
        try (var found = objects.list(ChunkKeys.session(sessionId))) {
            var batch = new ArrayList<String>(DELETE_BATCH);
            for (ObjectInfo object : (Iterable<ObjectInfo>) found::iterator) {
                batch.add(object.key());
                if (batch.size() == DELETE_BATCH) {
                    objects.delete(batch);
                    batch.clear();
                }
            }
            objects.delete(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
