package io.tapedeck.ingest.chunk;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.ChunkKeys;
import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.session.ChunkLog;
import io.tapedeck.ingest.session.LogLockRepository;
import io.tapedeck.ingest.session.ReceivedIndexes;
import io.tapedeck.ingest.session.SessionEntity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    private static final String UNSELECTED =
            """
            select key from unnest(string_to_array(?1, chr(10))) as key
            where exists (select 1 from object_owner where id = split_part(key, '/', 2))
              and not exists (select 1 from selected_object where object_key = key)
            """;

    /// Those that came as another upload and were joined to this session, that this one has saved
    /// of another one, or that another one has saved of this.
    private static final String RELEASE =
            """
            insert into released_object (object_key)
            select object_key from chunk c
            where session_id = ?1 and size_bytes > 0
                and (not starts_with(object_key, ?2) or exists (select 1 from chunk o
                    where o.object_key = c.object_key and o.size_bytes > 0
                        and o.session_id <> c.session_id))
            on conflict do nothing
            """;

    private static final String UNRELEASED =
            """
            select key from unnest(string_to_array(?1, chr(10))) as key
            where not exists (select 1 from released_object where object_key = key)
            """;

    private static final String LEFT =
            """
            select object_key from released_object r
            where not exists (select 1 from selected_object s where s.object_key = r.object_key)
            limit ?1
            """;

    private static final String SHARE =
            """
            insert into chunk (session_id, index, run, object_key, size_bytes, sha256, stored_at)
            select ?1, place.index, place.run, c.object_key, c.size_bytes, c.sha256, c.stored_at
            from unnest(cast(string_to_array(?3, ',') as bigint[]),
                    cast(string_to_array(?4, ',') as bigint[]),
                    cast(string_to_array(?5, ',') as integer[])) as place (source, index, run)
                join chunk c on c.session_id = ?2 and c.index = place.source
            """;

    private final ObjectStore objects;
    private final LogLockRepository locks;

    ChunkRepository(ObjectStore objects, LogLockRepository locks) {
        this.objects = objects;
        this.locks = locks;
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
                                .toList())
                .withForgotten(forgottenBelow(sessionId));
    }

    private long forgottenBelow(String sessionId) {
        return getEntityManager()
                .createQuery(
                        "select s.forgottenBelow from SessionEntity s where s.id = ?1", Long.class)
                .setParameter(1, sessionId)
                .getResultStream()
                .findFirst()
                .orElse(0L);
    }

    /// Selects what another session selects, in one statement.
    void share(String sessionId, String fromSessionId, List<ChunkPublisher.Shared> shared) {
        getEntityManager()
                .createNativeQuery(SHARE)
                .setParameter(1, sessionId)
                .setParameter(2, fromSessionId)
                .setParameter(3, list(shared, ChunkPublisher.Shared::fromIndex))
                .setParameter(4, list(shared, one -> one.chunk().offer().index()))
                .setParameter(5, list(shared, one -> one.chunk().offer().run()))
                .executeUpdate();
    }

    private static String list(
            List<ChunkPublisher.Shared> shared, Function<ChunkPublisher.Shared, Number> number) {
        return shared.stream()
                .map(one -> number.apply(one).toString())
                .collect(Collectors.joining(","));
    }

    @Override
    public void forget(String sessionId) {
        delete("sessionId", sessionId);
    }

    /// Of these object keys, those that no row selects although somebody knows whose they are. One
    /// statement, because bytes that are joined to a session move from row to row.
    @Transactional
    Set<String> unselected(Collection<String> keys) {
        return Set.copyOf(keys(UNSELECTED, keys));
    }

    @Override
    @Transactional
    public void release(String sessionId) {
        // Whoever has begun to save of it, saves first.
        locks.take(sessionId);
        getEntityManager()
                .createNativeQuery(RELEASE)
                .setParameter(1, sessionId)
                .setParameter(2, ChunkKeys.session(sessionId))
                .executeUpdate();
    }

    @Override
    public void deleteObjects(String sessionId) {
        try (var found = objects.list(ChunkKeys.session(sessionId))) {
            Iterator<String> keys = found.map(ObjectInfo::key).iterator();
            var batch = new ArrayList<String>(DELETE_BATCH);
            while (keys.hasNext()) {
                batch.add(keys.next());
                if (batch.size() == DELETE_BATCH || !keys.hasNext()) {
                    objects.delete(unreleased(batch));
                    batch.clear();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void deleteReleased() {
        List<String> left = left();
        while (!left.isEmpty()) {
            try {
                objects.delete(left);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            forgetReleased(left);
            left = left();
        }
    }

    @Override
    public void deleteUnselected(List<String> objectKeys) {
        try {
            for (int from = 0; from < objectKeys.size(); from += DELETE_BATCH) {
                int to = Math.min(objectKeys.size(), from + DELETE_BATCH);
                List<String> batch = objectKeys.subList(from, to);
                objects.delete(
                        QuarkusTransaction.joiningExisting().call(() -> keys(UNSELECTED, batch)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> unreleased(List<String> keys) {
        return QuarkusTransaction.joiningExisting().call(() -> keys(UNRELEASED, keys));
    }

    private List<String> left() {
        return QuarkusTransaction.joiningExisting()
                .call(() ->
                        getEntityManager()
                                .createNativeQuery(LEFT, String.class)
                                .setParameter(1, DELETE_BATCH)
                                .getResultList());
    }

    private void forgetReleased(List<String> keys) {
        QuarkusTransaction.joiningExisting()
                .run(() ->
                        getEntityManager()
                                .createNativeQuery(
                                        "delete from released_object where object_key ="
                                                + " any(string_to_array(?1, chr(10)))")
                                .setParameter(1, String.join("\n", keys))
                                .executeUpdate());
    }

    private List<String> keys(String query, Collection<String> keys) {
        return getEntityManager()
                .createNativeQuery(query, String.class)
                .setParameter(1, String.join("\n", keys))
                .getResultList();
    }
}
